"""The rules of the walk that change facts and protected words, and rule that the words still hold."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from casework.models import Case, Demand, Name, Person
from materials.asks_used import say_asks_make_sense
from materials.facts_used import rule_still_right, second_still_right
from tests.factories import a_contact, a_detention, a_prisoner

WHO = st.sampled_from(["ana", "rui", "dara", "leila"])


class FactRules:
    """Mixed into the walk: a claim is corrected, a fate is written, a demand is about something else; people rule."""

    people: Any
    case: Any
    material: Any
    claim: Any
    model: Any

    def _next(self) -> int:
        raise NotImplementedError

    @rule()
    def claim_corrected(self) -> None:
        self.claim.refresh_from_db()
        self.claim.text = f"He was arrested, version {self._next()}."
        self.claim.save()
        self.model.facts_now["claim"] = self.claim.text

    @rule(status=st.sampled_from(["DS_DIED", "DS_RELEASED"]), is_back=st.booleans())
    def fate(self, status: str, is_back: bool) -> None:
        now = self.case.status if is_back else status
        Case.objects.filter(pk=self.case.pk).update(status=now)
        self.model.facts_now["status"] = now

    @rule(what=st.sampled_from(["contact", "name", "place"]))
    def somebody_added(self, what: str) -> None:
        if what == "contact":
            a_contact(self.case, f"Anna the {self._next()}th")
        elif what == "name":
            person = Person.objects.filter(case=self.case).first() or a_prisoner(self.case, "Boris")
            Name.objects.create(case=self.case, person=person, value=f"Boris the {self._next()}th")
        else:
            a_detention(self.case, started=None, place=f"Colony {self._next()}")
        self.model.knows_words = False

    @rule(who=WHO)
    def still_right(self, who: str) -> None:
        rule_still_right(self.material, actor=self.people[who])
        self.model.still_right(who)

    @rule(aim=st.sampled_from(["redress", "release", "body"]))
    def demand_is_about(self, aim: str) -> None:
        Demand.objects.filter(case=self.case).update(aim=aim)
        self.model.aim = aim

    @rule(who=WHO)
    def asks_make_sense(self, who: str) -> None:
        say_asks_make_sense(self.material, actor=self.people[who])
        self.model.says_asks_make_sense(who)

    @rule(who=WHO)
    def agreed(self, who: str) -> None:
        second_still_right(self.material, actor=self.people[who])
        self.model.agreed(who)
