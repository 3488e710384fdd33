"""Plans by month, figures and what is behind them, the ageing tables, the municipal form."""

from django.urls import path

from casedesk.plans.web import urls_drafts, urls_exchange, urls_reports, urls_tasks
from casedesk.plans.web.views import ageing, form, plans

app_name = "plans"
urlpatterns = [
    path("plans/", plans.index, name="plans"),
    path("plans/<slug:code>/", plans.plan, name="plan"),
    path("plans/<slug:code>/figures/<int:pk>/", plans.figure, name="figure"),
    path("plans/<slug:code>/ageing/", ageing.table, name="ageing"),
    path("plans/<slug:code>/ageing/accounts/", ageing.accounts, name="ageing_accounts"),
    path("plans/<slug:code>/form/", form.form, name="form"),
    path("plans/<slug:code>/form/accounts/", form.accounts, name="form_accounts"),
    *urls_reports.urlpatterns,
    *urls_drafts.urlpatterns,
    *urls_tasks.urlpatterns,
    *urls_exchange.urlpatterns,
]
