"""The site's own addresses, and the two baselines: the admin's list and page of cases, and a plain page with guardian."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import URLPattern, URLResolver, path
from guardian.shortcuts import get_objects_for_user

from casework.models import Case
from config.urls import urlpatterns as own

ROWS = 50
LIST = "<table>{% for case in rows %}<tr><th>{{ case.codename }}</th><td>{{ case.reference }}</td><td>{{ case.country }}</td></tr>{% endfor %}</table>"
PAGE = "<h1>{{ case.codename }}</h1><p>{{ case.reference }} {{ case.country }} {{ case.status }}</p>"


# Compiled once, as the cached loader does for every template of ours.
LIST_TEMPLATE, PAGE_TEMPLATE = Template(LIST), Template(PAGE)


class CaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """As small as an admin page can be; it exists in the bench alone."""

    list_display = ("codename", "reference", "country")
    list_per_page = ROWS
    search_fields = ("codename",)
    fields = ("codename", "country", "status", "status_on")

    def save_model(self, request: HttpRequest, obj: Case, form: object, change: bool) -> None:
        """Save the row and nothing beside it: the least that opening a case could cost."""
        obj.lead = obj.opened_by = request.user
        super().save_model(request, obj, form, change)

    def log_addition(self, request: HttpRequest, obj: Case, message: object) -> None:
        """Keep no log: its table asks for a contenttype row that the bench has no use for."""


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
    return HttpResponse(LIST_TEMPLATE.render(Context({"rows": rows.order_by("codename")[:ROWS]})))


def guardian_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one case a person may see, the plain way."""
    rows = get_objects_for_user(
        request.user, "casework.view_case", Case, with_superuser=False, accept_global_perms=False
    )
    return HttpResponse(PAGE_TEMPLATE.render(Context({"case": rows.get(reference=reference)})))


urlpatterns: list[URLPattern | URLResolver] = [
    *own,
    path("bench/admin/", site.urls),
    path("bench/guardian/", guardian_list),
    path("bench/guardian/<str:reference>/", guardian_page),
]
