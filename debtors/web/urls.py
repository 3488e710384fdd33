"""Addresses of who owes what."""

from django.urls import path

from debtors.web.views import accounts, case_file, case_money, case_steps, cases, notices, opening_rule, premises

app_name = "debtors"
urlpatterns = [
    path("cases/", cases.index, name="cases"),
    path("cases/assign/", cases.assign, name="cases-assign"),
    path("cases/remind/", cases.remind, name="cases-remind"),
    path("cases/<int:pk>/", case_file.overview, name="case"),
    path("cases/<int:pk>/history/", case_file.history, name="case-history"),
    path("cases/<int:pk>/penalty/", case_money.penalty, name="case-penalty"),
    path("cases/<int:pk>/penalty/record/", case_money.penalty_record, name="case-penalty-record"),
    path("cases/<int:pk>/penalty/<slug:service>/<int:month>/", case_money.penalty_line, name="case-penalty-line"),
    path("cases/<int:pk>/limitation/", case_money.limitation, name="case-limitation"),
    path("cases/<int:pk>/acknowledge/", case_money.acknowledge, name="case-acknowledge"),
    path("cases/<int:pk>/assign/", case_steps.assign, name="case-assign"),
    path("cases/<int:pk>/note/", case_steps.note, name="case-note"),
    path("cases/<int:pk>/flag/", case_steps.flag, name="case-flag"),
    path("cases/<int:pk>/hold/", case_steps.hold, name="case-hold"),
    path("cases/<int:pk>/close/", case_steps.close, name="case-close"),
    path("cases/<int:pk>/remind/", case_steps.remind, name="case-remind"),
    path("notes/<int:pk>/", case_steps.change_note, name="note"),
    path("flags/<int:pk>/remove/", case_steps.unflag, name="flag-remove"),
    path("holds/<int:pk>/lift/", case_steps.lift, name="hold-lift"),
    path("notices/", notices.index, name="notices"),
    path("notices/print/", notices.to_print, name="notices-print"),
    path("notices/send/", notices.send_many, name="notices-send"),
    path("notices/<int:pk>/", notices.overview, name="notice"),
    path("notices/<int:pk>/send/", notices.send, name="notice-send"),
    path("notices/<int:pk>/cancel/", notices.cancel, name="notice-cancel"),
    path("rules/", opening_rule.index, name="rules"),
    path("rules/<int:pk>/", opening_rule.page, name="rule"),
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/<int:pk>/", accounts.overview, name="account"),
    path("accounts/<int:pk>/lines/", accounts.lines, name="account-lines"),
    path("accounts/<int:pk>/history/", accounts.history, name="account-history"),
    path("premises/", premises.index, name="premises-list"),
    path("premises/<int:pk>/", premises.overview, name="premises"),
    path("premises/<int:pk>/tenure/", premises.tenure, name="premises-tenure"),
]
