"""Addresses of emergencies: the alarm, the protective notice, looking back, and who may receive one."""

from django.urls import URLPattern, path

from advocacy.views import recipients, urgent

urlpatterns: list[URLPattern] = [
    path("urgent/", urgent.urgent, name="urgent"),
    path("urgent/<uuid:pk>/", urgent.notice, name="urgent_notice"),
    path("urgent/<uuid:pk>/send/", urgent.send, name="urgent_send"),
    path("urgent/<uuid:pk>/sent/", urgent.sent, name="urgent_sent"),
    path("urgent/<uuid:pk>/call/", urgent.call, name="urgent_call"),
    path("urgent/<uuid:pk>/sign/", urgent.sign, name="urgent_sign"),
    path("urgent/<uuid:pk>/agree/", urgent.agree, name="urgent_agree"),
    path("urgent/<uuid:pk>/look-back/", urgent.look_back, name="urgent_look_back"),
    path("office/recipients/", recipients.recipients, name="recipients"),
    path("office/recipients/enter/", recipients.enter, name="recipient_enter"),
    path("office/recipients/<uuid:pk>/approve/", recipients.approve, name="recipient_approve"),
    path("office/recipients/<uuid:pk>/end/", recipients.end, name="recipient_end"),
]
