"""The rules of the walk about a case beside the first: it wishes, holds or refuses, and signers rule on the pair."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from casework.models import PossibleTwin, TwinRuling, Wish
from safety.models import Hold
from tests.factories import a_consent, a_twin

SIGNERS = st.sampled_from(["rui", "dara"])


class TwinRules:
    """Mixed into the walk: a second case is tied, what it knows changes, it is ruled on and asked about again."""

    people: Any
    case: Any
    model: Any
    twin: Any = None

    def _next(self) -> int:
        raise NotImplementedError

    @property
    def pair(self) -> PossibleTwin:
        """Return the pair; the other case is there from the first rule that needs it."""
        if self.twin is None:
            self.twin = a_twin(self.case)
            self.model.twin.is_tied = True
        return PossibleTwin.objects.get()

    @rule(wants=st.sampled_from(["silence", "none_known"]))
    def twin_wishes(self, wants: str) -> None:
        assert self.pair
        Wish.objects.create(case=self.twin, number=self._next(), wants=wants)
        self.model.twin.wish = wants

    @rule()
    def twin_refuses(self) -> None:
        assert self.pair
        a_consent(self.twin, ("CI_NAME",), ("AU_SUPPORT",), status="CS_REFUSED")
        self.model.twin.has_refused = True
        self.model.twin.is_scanned = False

    @rule()
    def twin_agrees(self) -> None:
        assert self.pair
        a_consent(self.twin, ("CI_NAME",), ("AU_SUPPORT",))
        self.model.twin.has_refused = False
        self.model.twin.is_scanned = False

    @rule()
    def twin_is_held(self) -> None:
        assert self.pair
        Hold.objects.create(case=self.twin, kind="until_lifted", reason="Summoned", held_by=self.people["leila"])
        self.model.twin.is_held = True

    @rule(who=SIGNERS, is_for_both=st.booleans(), is_there=st.booleans(), is_same=st.sampled_from([False, False, True]))
    def pair_ruled_on(self, who: str, is_for_both: bool, is_there: bool, is_same: bool) -> None:
        pair = self.pair
        row = TwinRuling(
            twin=pair,
            case=self.twin if is_there else self.case,
            question=pair.question,
            verdict="same" if is_same else "another",
            is_for_both=is_for_both,
            ruled_by=self.people[who],
        )
        row.reason = "Born 20 years later."
        row.save(force_insert=True)
        self.model.twin.rulings.append((who, is_for_both, is_there, is_same))

    @rule()
    def pair_asked_about_again(self) -> None:
        pair = self.pair
        PossibleTwin.objects.filter(pk=pair.pk).update(question=pair.question + 1)
        self.model.twin.rulings = []
