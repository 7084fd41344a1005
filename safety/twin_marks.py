"""Whether what another case says for one person carries our mark: its answers, and the rulings on the pair."""

from collections.abc import Iterable

from casework.models import Case, Consent, PossibleTwin, TwinRuling, consent_mac
from casework.models.twins import ruling_parts
from sealing import keys


def twins_are_authentic(cases: Iterable[Case]) -> bool:
    """Say whether no ruling on a pair of these cases was forged, nor an answer in a case that counts beside them.

    A forged ruling would let a stop go; a forged answer would take the place of a refusal.
    """
    twins = PossibleTwin.objects.of(*cases)
    beside = {key for pair in twins.counted().values_list("one_id", "other_id") for key in pair}
    answers = Consent.objects.filter(case__in=beside).prefetch_related("grants") if beside else ()
    return all(
        keys.gate_mac_matches(bytes(row.mark or b""), ruling_parts(row))
        for row in TwinRuling.objects.filter(twin__in=twins)
    ) and all(
        keys.gate_mac_matches(bytes(row.mac or b""), consent_mac.consent_parts(row))
        and all(keys.gate_mac_matches(bytes(one.mac or b""), consent_mac.grant_parts(one)) for one in row.grants.all())
        for row in answers
    )
