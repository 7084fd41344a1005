"""Where two sign, whoever may sign first does not see the author's answers before they gave their own."""

from accounts.models import User
from safety.models import RiskAssessment
from safety.people import may_read_content


def answers_unseen(row: RiskAssessment, reader: User, rights: frozenset[str]) -> bool:
    """Say whether this reader may sign this high risk first, and has not answered the twelve questions themself yet."""
    waits = row.takes_two_signatures and not (row.material_id or row.signed_at or row.ended_at)
    if not waits or "sign_risk" not in rights or reader.pk in row.writers:
        return False
    latest = RiskAssessment.objects.latest_of(row.case)
    is_latest = latest is not None and latest.pk == row.pk
    return is_latest and not row.second_sets.filter(given_by=reader).exists()


def may_read_it(row: RiskAssessment | None, reader: User, rights: frozenset[str]) -> bool:
    """Say whether this reader may read what the assessment says: by right, and not before their own answers are given."""
    return may_read_content(rights) and not (row is not None and answers_unseen(row, reader, rights))
