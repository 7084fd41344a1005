"""The site's own addresses and the baselines: the admin's list, search and form, pages that ask guardian, a bare page."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import URLPattern, URLResolver, path
from guardian.shortcuts import get_objects_for_user

from casework.models import Case
from config.urls import urlpatterns as own

ROWS = 50
BARE_ROWS = [(f"Row {number}", f"K7QF-{number:04d}", "ZAF", "held") for number in range(30)]
# Compiled once, as the cached loader does for every template of ours.
LIST = Template(
    "<table>{% for case in rows %}<tr><th>{{ case.codename }}</th><td>{{ case.reference }}</td>"
    "<td>{{ case.country }}</td></tr>{% endfor %}</table>"
)
PAGE = Template("<h1>{{ case.codename }}</h1><p>{{ case.reference }} {{ case.country }} {{ case.status }}</p>")
BARE = Template(
    "<h1>{{ user.name }}</h1><table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>"
    "{% endfor %}</table>"
)


class CaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """As small as an admin page can be, open to whoever is signed in; it exists in the bench alone."""

    list_display = ("codename", "reference", "country")
    list_per_page = ROWS
    search_fields = ("codename",)
    fields = ("country", "status", "status_on")  # our model lets no form change a codename

    def save_model(self, request: HttpRequest, obj: Case, form: object, change: bool) -> None:
        """Save the row and nothing beside it: the least that opening a case could cost."""
        obj.lead = obj.opened_by = request.user
        obj.codename = f"Plain {obj.reference}"
        super().save_model(request, obj, form, change)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True


class BenchAdmin(admin.AdminSite):
    """An admin for whoever is signed in: our people have no staff flag."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


site = BenchAdmin(name="admin")
site.register(Case, CaseAdmin)


def guardian_list(request: HttpRequest) -> HttpResponse:
    """List the first cases a person may see, the plain way."""
    rows = get_objects_for_user(
        request.user, "casework.view_case", Case, with_superuser=False, accept_global_perms=False
    )
    return HttpResponse(LIST.render(Context({"rows": rows.order_by("codename")[:ROWS]})))


def guardian_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case, asked for by the one right that it takes: no groups, which nobody here has. Guardian's quickest way."""
    rows = get_objects_for_user(
        request.user,
        "casework.view_case",
        Case.objects.filter(reference=reference),
        use_groups=False,
        with_superuser=False,
        accept_global_perms=False,
    )
    return HttpResponse(PAGE.render(Context({"case": rows.get()})))


def bare(request: HttpRequest) -> HttpResponse:
    """Show thirty rows that are there already to whoever is signed in: the frame of any page, and one template."""
    return HttpResponse(BARE.render(Context({"user": request.user, "rows": BARE_ROWS})))


urlpatterns: list[URLPattern | URLResolver] = [
    *own,
    path("bench/admin/", site.urls),
    path("bench/guardian/", guardian_list),
    path("bench/guardian/<str:reference>/", guardian_page),
    path("bench/bare/", bare),
]
