"""Addresses of tasks and of the people who answer for rows."""

from django.urls import path

from casedesk.plans.web.views import tasks

urlpatterns = [
    path("plans/<slug:code>/tasks/", tasks.index, name="tasks"),
    path("plans/<slug:code>/keepers/", tasks.keepers, name="keepers"),
    path("plan-tasks/<int:pk>/done/", tasks.done, name="task_done"),
]
