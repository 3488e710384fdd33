"""Two people at once: the database lets one presentation run; needs a server that locks rows."""

import threading

import pytest
from django.db import connection, connections

from casedesk.common.refusals import Refusal
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.models import Presentation
from tests.factories import access
from tests.factories import writs as made

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked by PostgreSQL only"),
]


def test_two_users_present_the_same_writ_and_one_is_refused(osen, officer):
    writ, department = made.writ(osen), access.department()
    start, ends = threading.Barrier(2), []

    def present() -> None:
        try:
            start.wait(timeout=10)
            present_writ(writ=writ, to=Addressed(department=department), by=officer, on=made.SENT)
            ends.append("presented")
        except Refusal as refusal:
            ends.append(refusal.message)
        finally:
            connections.close_all()

    people = [threading.Thread(target=present) for _ in range(2)]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=30)

    assert sorted(end == "presented" for end in ends) == [False, True]
    assert any("нельзя из состояния «Предъявлен»" in end for end in ends)
    assert Presentation.objects.filter(writ=writ).count() == 1
