"""Addresses of the boards and of the lists behind their figures."""

from django.urls import path

from casedesk.desk.views import boards, boards_api

urlpatterns = [
    path("boards/", boards.page, name="boards"),
    path("api/boards/", boards_api.Board.as_view(), name="api-boards"),
    path("boards/lights/", boards.plan_lights, name="board-lights"),
    path("boards/houses/", boards.houses, name="board-houses"),
    path("boards/accounts/", boards.accounts, name="board-accounts"),
    path("boards/payments/", boards.payments, name="board-payments"),
    path("boards/cases/", boards.step, name="board-cases"),
]
