"""Addresses that are worked out once a name are those that Django would give, for each value anew."""

import uuid

import pytest
from django.template import Context, engines
from django.urls import NoReverseMatch, reverse

from accounts.pages.addresses import address_of

KEYS = [uuid.uuid4(), uuid.uuid4()]
NAMED = [
    ("web:today", ()),
    ("casework:case", ("K7QF-29MD",)),
    ("casework:case", ("2222-AAAA",)),
    ("casework:case", ("K7QF-29MD".replace("-", "_"),)),
    ("advocacy:milestone", ("K7QF-29MD", KEYS[0])),
    ("advocacy:milestone", ("AAAA-AAAA", KEYS[1])),
    ("materials:material", (KEYS[0],)),
    ("casework:answer", ("K7QF-29MD", "arr_date")),
    ("casework:answer", ("AAAA-AAAA", "det_law")),
    ("casework:remove", ("K7QF-29MD", "citation", KEYS[0])),
    ("materials:translation", ("K7QF-29MD", "ar")),
    ("materials:translation", ("K7QF-29MD", "zh-hans")),
]


@pytest.mark.parametrize(("name", "values"), NAMED)
def test_an_address_is_what_django_gives(name: str, values: tuple[str | uuid.UUID, ...]) -> None:
    for _again in range(2):
        assert address_of(name, *values) == reverse(name, args=values)
        words = " ".join(f"v{number}" for number in range(len(values)))
        held = {f"v{number}": value for number, value in enumerate(values)}
        for tag in (f"{{% url '{name}' {words} %}}", f"{{% url '{name}' {words} as u %}}{{{{ u }}}}"):
            assert engines["django"].from_string(tag).render(held) == reverse(name, args=values)


@pytest.mark.parametrize(("name", "values"), [("web:no_such", ()), ("casework:case", ()), ("web:today", (KEYS[0],))])
def test_an_address_that_is_none_is_refused_each_time(name: str, values: tuple[uuid.UUID, ...]) -> None:
    for _again in range(2):
        with pytest.raises(NoReverseMatch):
            address_of(name, *values)
    page = engines["django"].from_string(f"{{% url '{name}' as u %}}({{{{ u }}}})").template
    if not values:
        assert page.render(Context()) == "()"
        with pytest.raises(NoReverseMatch):
            engines["django"].from_string(f"{{% url '{name}' %}}").render({})


def test_other_values_are_left_to_django() -> None:
    tag = engines["django"].from_string("{% url 'casework:case' reference='K7QF-29MD' %}")
    assert tag.render({}) == reverse("casework:case", args=["K7QF-29MD"])
