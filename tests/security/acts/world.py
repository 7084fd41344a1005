"""The world in which every act is tried: one case with a row of each kind, and people who differ in one thing alone."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from accounts.roles import OfficeRole
from casework.access.roles import ALL_RIGHTS
from casework.models import Case, CaseUserObjectPermission, Membership
from materials.models import Material
from tests.factories import put_on
from tests.people import a_person, give_office_role
from tests.security.world import World, make_world

Row = TypeVar("Row", bound=Model)
WITH_EVERYTHING = ("one with every right", "another with every right", "a closed account", "a new account", "ana")
GIVE_ALL = ("coordinator", "reviewer", "director", "liaison")


@dataclass
class ActWorld:
    """The case and what stands on it, the people, and what a row of the table made ready for itself."""

    base: World
    everywhere: list[Case]
    people: dict[str, User] = field(default_factory=dict)
    ready: Any = None

    @property
    def case(self) -> Case:
        """Return the case, as it is stored now."""
        return Case.objects.get(pk=self.base.case.pk)

    @property
    def other(self) -> Case:
        """Return the case of somebody else."""
        return Case.objects.get(pk=self.base.other.pk)

    def row(self, model: type[Row], key: str) -> Row:
        """Return a row of the case by its key in the world of addresses, as it is stored now."""
        return model._base_manager.get(pk=self.base.parts[key])

    def material(self, key: str = "material") -> Material:
        """Return a material: the briefing in review, the published page or the notice."""
        return self.row(Material, key)

    def bring(self, *cases: Case) -> None:
        """Put everybody with every right on cases of a row's own too, and who only reads or is from outside."""
        for case in cases:
            for who in WITH_EVERYTHING:
                all_roles(case, self.people[who])
            put_on(case, self.people["a reader"], "reader")
            put_on(case, self.base.people["outside"], "outside_reviewer")


def make_act_world() -> ActWorld:
    """Insert everything; `ana` wrote what there is and has every right besides, so that only four eyes refuse her."""
    base = make_world()
    pages = [key for key in base.parts if key.endswith("material")]
    cases = {case.pk: case for key in pages for case in Material.objects.get(pk=base.parts[key]).cases.all()}
    world = ActWorld(base, [*cases.values()])
    world.people |= {
        "a stranger": a_person("strange"),
        "a reader": base.people["reader"],
        "one with every right": with_everything(world, "eva"),
        "another with every right": with_everything(world, "bea"),
        "on another case": _elsewhere(world),
        "a closed account": with_everything(world, "cleo"),
        "a superuser": base.people["superuser"],
        "a new account": with_everything(world, "nils", at=timezone.now()),
        "of the office": a_person("olga", roles=[role for role in OfficeRole if role != "outside_reviewer"]),
        "ana": with_everything(world, "ana"),
    }
    closed = world.people["a closed account"]
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    return world


def with_everything(world: ActWorld, username: str, **fields: Any) -> User:
    """Return somebody with every right on every case and every role of the office but that of outside reviewers."""
    person = a_person(username, **fields)
    for role in OfficeRole:
        if role != OfficeRole.OUTSIDE_REVIEWER:
            give_office_role(person, role)
    for case in world.everywhere:
        all_roles(case, person)
    return person


def all_roles(case: Case, person: User) -> None:
    """Give every role on a case that together give every right; others than the person gave them."""
    held = set(Membership.objects.filter(case=case, user=person, ended_at=None).values_list("role", flat=True))
    giver = a_person("rui" if person.username == "tomas" else "tomas")
    for role in GIVE_ALL:
        if role not in held:
            put_on(case, person, role, by=giver)
    assert set(rights(case, person)) == ALL_RIGHTS


def _elsewhere(world: ActWorld) -> User:
    """Return sam with every right on a case of their own, and every role of the office."""
    sam = with_everything(ActWorld(world.base, []), "sam")
    all_roles(world.base.other, sam)
    return sam


def rights(case: Case, person: User) -> list[str]:
    """Return what is given now."""
    rows = CaseUserObjectPermission.objects.filter(user=person, content_object=case)
    return list(rows.values_list("permission__codename", flat=True))


def take_rights(person: User, *, but: frozenset[str] | set[str]) -> None:
    """Take every right on every case away from somebody, all but these."""
    rows = CaseUserObjectPermission.objects.filter(user=person).exclude(permission__codename__in=but)
    rows.delete()


def cases_made(world: ActWorld) -> list[Case]:
    """Return the cases of what the row made ready: of a material, of what hangs on one, or of what lists them."""
    made = world.ready
    for name in ("dispatch", "material"):
        made = getattr(made, name, made)
    found = made if isinstance(made, list) else getattr(made, "cases", None)
    return list(found if isinstance(found, list) else found.all())


def without_right_on(place: int, world: ActWorld, cases: list[Case], rights: tuple[str, ...]) -> User:
    """Return somebody with every right on every case, but for these rights on one: the first (0) or the last (-1)."""
    person, case = world.people["one with every right"], one_of(cases, place)
    rows = CaseUserObjectPermission.objects.filter(user=person, content_object=case)
    rows.filter(permission__codename__in=rights).delete()
    return person


def at_own_request_on(place: int, world: ActWorld, cases: list[Case]) -> User:
    """Return somebody with every right on every case, who was put on one of them at their own request a moment ago."""
    person, case = world.people["one with every right"], one_of(cases, place)
    now, ana = timezone.now(), world.people["ana"]
    Membership.objects.filter(case=case, user=person, ended_at=None).update(ended_at=now, ended_by=ana)
    asked = {"granted_by": person, "seconded_by": ana, "seconded_at": now}
    Membership.objects.bulk_create(Membership(case=case, user=person, role=role, **asked) for role in GIVE_ALL)
    return person


def one_of(cases: list[Case], place: int) -> Case:
    """Return the first or the last of several cases, in the order in which they are locked."""
    assert len(cases) > 1, "a row that says on_each is about several cases"
    return sorted(cases, key=lambda case: case.pk)[place]


def take_roles(person: User, *, but: frozenset[str] | set[str]) -> None:
    """End every role of the office that somebody holds, all but these."""
    person.office_roles.live().exclude(role__in=but).update(ended_at=timezone.now(), ended_by=person)
