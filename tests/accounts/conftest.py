"""The office of these tests: two founders, an administrator who signs nothing, and somebody without a role."""

from dataclasses import dataclass

import pytest

from accounts.models import User
from tests.accounts.people import a_person, the_founders


@dataclass(frozen=True)
class Office:
    """Everybody that these tests need."""

    fara: User  # founder, director, administrator
    greg: User  # founder, reviewer, administrator
    admin: User  # administrator alone
    ana: User  # no office role
    noor: User  # auditor


@pytest.fixture
def office(db: None) -> Office:
    fara, greg = the_founders()
    return Office(
        fara,
        greg,
        a_person("admin", "administrator"),
        a_person("ana"),
        a_person("noor", "auditor"),
    )
