"""Addresses of safety."""

from django.urls import path

from safety.views import assessments, decisions, holds, office, tab, twins

app_name = "safety"

urlpatterns = [
    path("cases/<str:reference>/safety/", tab.safety, name="safety"),
    path("cases/<str:reference>/safety/assess/", assessments.assess, name="assess"),
    path("cases/<str:reference>/safety/posture/", decisions.posture, name="posture"),
    path("cases/<str:reference>/safety/happened/", decisions.new_risk_event, name="new_risk_event"),
    path("cases/<str:reference>/safety/happened/<uuid:pk>/", decisions.risk_event, name="risk_event"),
    path("cases/<str:reference>/safety/<uuid:pk>/", assessments.assessment, name="assessment"),
    path("cases/<str:reference>/safety/<uuid:pk>/sign/", assessments.sign_assessment, name="sign_assessment"),
    path("cases/<str:reference>/safety/<uuid:pk>/send-back/", assessments.send_back, name="send_back_assessment"),
    path("cases/<str:reference>/safety/<uuid:pk>/end/", assessments.end, name="end_assessment"),
    path("cases/<str:reference>/hold/", holds.hold, name="hold"),
    path("cases/<str:reference>/hold/<uuid:pk>/confirm/", holds.confirm_hold, name="confirm_hold"),
    path("cases/<str:reference>/hold/<uuid:pk>/ask-lift/", holds.ask_lift, name="ask_lift"),
    path("cases/<str:reference>/hold/<uuid:pk>/lift/", holds.lift, name="lift"),
    path("cases/<str:reference>/twins/", twins.twins, name="twins"),
    path("cases/<str:reference>/twins/<uuid:pk>/", twins.rule_on_twin, name="rule_on_twin"),
    path("office/safety/", office.office_safety, name="office_safety"),
]
