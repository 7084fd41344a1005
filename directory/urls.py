"""Addresses of those who are out there, the trusted recipients, of how we sign, and of the treaties that bind States."""

from django.urls import URLPattern, path

from directory.views import office, recipients, treaties

app_name = "directory"

urlpatterns: list[URLPattern] = [
    path("office/recipients/", recipients.recipients, name="recipients"),
    path("office/recipients/enter/", recipients.enter, name="recipient_enter"),
    path("office/recipients/<uuid:pk>/approve/", recipients.approve, name="recipient_approve"),
    path("office/recipients/<uuid:pk>/end/", recipients.end, name="recipient_end"),
    path("office/identity/", office.identity, name="office_identity"),
    path("office/identity/contacts/enter/", office.enter, name="contact_enter"),
    path("office/identity/contacts/<uuid:pk>/signs/", office.signs, name="contact_signs"),
    path("office/identity/contacts/<uuid:pk>/end/", office.end, name="contact_end"),
    path("office/treaties/", treaties.treaties, name="treaties"),
    path("office/treaties/<slug:country>/<slug:treaty>/", treaties.correct, name="treaty_correct"),
]
