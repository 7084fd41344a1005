"""Addresses of those who are out there: the directory, key dates, trusted recipients, how we sign, and treaties that bind States."""

from django.urls import URLPattern, path

from directory.views import actors, channels, key_dates, logo, office, recipients, treaties

app_name = "directory"

urlpatterns: list[URLPattern] = [
    path("directory/", actors.actors, name="actors"),
    path("directory/add/", actors.enter, name="entry_add"),
    path("directory/<uuid:pk>/", actors.entry, name="entry"),
    path("directory/<uuid:pk>/add/", actors.enter, name="entry_add_in"),
    path("directory/<uuid:pk>/change/", actors.change, name="entry_change"),
    path("directory/<uuid:pk>/end/", actors.end, name="entry_end"),
    path("directory/<uuid:pk>/channels/add/", channels.add, name="channel_add"),
    path("directory/channels/<uuid:pk>/replace/", channels.replace, name="channel_replace"),
    path("directory/channels/<uuid:pk>/verify/", channels.verify, name="channel_verify"),
    path("directory/channels/<uuid:pk>/end/", channels.end, name="channel_end"),
    path("calendar/dates/", key_dates.key_dates, name="key_dates"),
    path("calendar/dates/add/", key_dates.add, name="date_add"),
    path("calendar/dates/<slug:code>/", key_dates.correct, name="date_correct"),
    path("calendar/dates/<uuid:pk>/end/", key_dates.take_away, name="date_end"),
    path("office/recipients/", recipients.recipients, name="recipients"),
    path("office/recipients/enter/", recipients.enter, name="recipient_enter"),
    path("office/recipients/<uuid:pk>/approve/", recipients.approve, name="recipient_approve"),
    path("office/recipients/<uuid:pk>/end/", recipients.end, name="recipient_end"),
    path("office/identity/", office.identity, name="office_identity"),
    path("office/identity/logo/", logo.change, name="office_logo"),
    path("office/identity/logo/remove/", logo.remove, name="office_logo_remove"),
    path("office/logo/<uuid:pk>/", logo.picture, name="logo_picture"),
    path("office/identity/contacts/enter/", office.enter, name="contact_enter"),
    path("office/identity/contacts/<uuid:pk>/words/", office.words, name="contact_words"),
    path("office/identity/contacts/<uuid:pk>/signs/", office.signs, name="contact_signs"),
    path("office/identity/contacts/<uuid:pk>/end/", office.end, name="contact_end"),
    path("office/treaties/", treaties.treaties, name="treaties"),
    path("office/treaties/<slug:country>/<slug:treaty>/", treaties.correct, name="treaty_correct"),
]
