"""Addresses of accounts: the few of allauth that are used, under allauth's names, and ours."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.views import absences, calendar_address, keeping, me, office, second_factor, sign_in

ours: list[URLPattern | URLResolver] = [
    path("invitation/", sign_in.accept_invitation, name="accept_invitation"),
    path("invitation/<str:token>/", sign_in.invitation, name="invitation"),
    path("account/", me.me, name="me"),
    path("account/sessions/", me.sessions, name="sessions"),
    path("account/devices/forget/", me.forget_my_devices, name="forget_my_devices"),
    path("account/away/", absences.away, name="away"),
    path("account/away/<int:pk>/end/", absences.end_absence, name="end_absence"),
    path("account/second-factor/", second_factor.factor, name="factor"),
    path("account/recovery-codes/", second_factor.recovery_codes, name="recovery_codes"),
    path(
        "account/recovery-codes/new/",
        second_factor.new_recovery_codes,
        name="new_recovery_codes",
    ),
    path("account/calendar/", calendar_address.calendar_address, name="calendar_address"),
    path("account/calendar/new/", calendar_address.new_calendar_address, name="new_calendar_address"),
    path("account/calendar/revoke/", calendar_address.revoke_my_calendar_address, name="revoke_calendar_address"),
    path("second-factor/", second_factor.prove_again, name="prove_again"),
    path("drafts/keep/", keeping.keep_typed, name="keep_typed"),
    path("drafts/<uuid:pk>/", me.draft, name="draft"),
    path("drafts/<uuid:pk>/delete/", me.delete_draft, name="delete_draft"),
    path("office/people/", office.people, name="people"),
    path("office/people/invite/", office.invite, name="invite"),
    path("office/people/<int:pk>/", office.person, name="person"),
    path("office/people/<int:pk>/role/", office.give_role, name="give_role"),
    path("office/people/<int:pk>/reset/", office.reset, name="reset"),
    path("office/people/<int:pk>/close/", office.close, name="close"),
    path("office/people/<int:pk>/reopen/", office.reopen, name="reopen"),
    path("office/people/<int:pk>/away/", absences.away_of, name="away_of"),
    path("office/roles/<int:pk>/end/", office.end_role, name="end_role"),
    path(
        "office/invitations/<int:pk>/withdraw/",
        office.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("office/acts/", office.acts, name="acts"),
    path("office/acts/<int:pk>/", office.act, name="act"),
    path("office/acts/<int:pk>/finish/", office.finish_act, name="finish_act"),
    path("office/acts/<int:pk>/withdraw/", office.withdraw_act, name="withdraw_act"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/code/", sign_in.sign_in_code, name="mfa_authenticate"),
    path("sign-in/closed/", sign_in.closed, name="account_inactive"),
    path("lock/", sign_in.lock, name="account_logout"),
    path("account/password/", sign_in.change_password, name="account_change_password"),
    path("", include((ours, "accounts"))),
]
