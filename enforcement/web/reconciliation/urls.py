"""Addresses of reconciliations with the bailiffs."""

from django.urls import path

from enforcement.web.reconciliation import decide, files, pages, steps

urlpatterns = [
    path("reconciliations/", pages.index, name="reconciliations"),
    path("reconciliations/open/", pages.open_month, name="reconciliation-open"),
    path("reconciliations/<int:pk>/", pages.page, name="reconciliation"),
    path("reconciliations/<int:pk>/act/", pages.act, name="reconciliation-act"),
    path("reconciliations/<int:pk>/act/<slug:form>/", files.act, name="reconciliation-act-file"),
    path("reconciliations/<int:pk>/register/<slug:form>/", files.register, name="reconciliation-register"),
    path("reconciliations/<int:pk>/refresh/", steps.refresh, name="reconciliation-refresh"),
    path("reconciliations/<int:pk>/send/", steps.send, name="reconciliation-send"),
    path("reconciliations/<int:pk>/reply/", steps.reply, name="reconciliation-reply"),
    path("reconciliations/<int:pk>/answer/<int:group>/", steps.answer, name="reconciliation-answer"),
    path("reconciliations/<int:pk>/confirm/", steps.confirm, name="reconciliation-confirm"),
    path("reconciliations/<int:pk>/join/", steps.join, name="reconciliation-join"),
    path("reconciliations/<int:pk>/part/", steps.part, name="reconciliation-part"),
    path("reconciliations/<int:pk>/sign/", steps.sign, name="reconciliation-sign"),
    path("reconciliations/<int:pk>/unsign/", steps.unsign, name="reconciliation-unsign"),
    path("reconciliation-format/register/", files.register_schema, name="reconciliation-schema-register"),
    path("reconciliation-format/reply/", files.reply_schema, name="reconciliation-schema-reply"),
    path("reconciliation-format/sample/", files.reply_sample, name="reconciliation-schema-sample"),
    path("differences/<int:pk>/", pages.difference, name="difference"),
    path("differences/<int:pk>/accept/", decide.accept, name="difference-accept"),
    path("differences/<int:pk>/settle/", decide.settle, name="difference-settle"),
    path("differences/<int:pk>/assign/", decide.assign, name="difference-assign"),
    path("differences/<int:pk>/explain/", decide.explain, name="difference-explain"),
    path("differences/<int:pk>/take-back/", decide.take_back, name="difference-take-back"),
]
