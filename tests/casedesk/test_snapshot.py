"""Long reads see one moment: another's commit in between does not move their figures."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from casedesk.access.models import Territory
from casedesk.common.snapshot import TRIES, in_snapshot

ON_POSTGRES = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets nobody write in between")


def elsewhere(act) -> None:
    """Do it in another connection and commit."""

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@ON_POSTGRES
@pytest.mark.django_db(transaction=True)
def test_a_commit_of_another_is_not_seen_before_the_end():
    def work() -> tuple[int, int]:
        before = Territory.objects.count()
        elsewhere(lambda: Territory.objects.create(code="between", name="между"))
        return before, Territory.objects.count()

    before, after = in_snapshot(work)
    assert before == after
    assert Territory.objects.count() == before + 1


@ON_POSTGRES
@pytest.mark.django_db(transaction=True)
def test_work_that_lost_a_race_is_done_again():
    land = Territory.objects.create(code="race", name="0")
    runs = []

    def work() -> None:
        runs.append(Territory.objects.get(pk=land.pk).name)
        if len(runs) == 1:
            elsewhere(lambda: Territory.objects.filter(pk=land.pk).update(name="другой"))
        Territory.objects.filter(pk=land.pk).update(name=runs[-1] + "!")

    in_snapshot(work)
    assert runs == ["0", "другой"]
    assert Territory.objects.get(pk=land.pk).name == "другой!"


@ON_POSTGRES
@pytest.mark.django_db(transaction=True)
def test_a_race_that_is_lost_every_time_is_told():
    land = Territory.objects.create(code="race", name="0")
    runs = []

    def work() -> None:
        runs.append(Territory.objects.get(pk=land.pk).name)
        elsewhere(lambda: Territory.objects.filter(pk=land.pk).update(name=str(len(runs))))
        Territory.objects.filter(pk=land.pk).update(name="мой")

    with pytest.raises(OperationalError):
        in_snapshot(work)
    assert len(runs) == TRIES


@pytest.mark.django_db(transaction=True)
def test_work_is_kept_whole_or_not_at_all():
    def work() -> None:
        Territory.objects.create(code="half", name="половина")
        raise ValueError("стоп")

    with pytest.raises(ValueError, match="стоп"):
        in_snapshot(work)
    assert not Territory.objects.filter(code="half").exists()


@pytest.mark.django_db
def test_inside_a_transaction_it_is_a_part_of_it():
    with transaction.atomic():
        in_snapshot(lambda: Territory.objects.create(code="part", name="часть"))
        assert Territory.objects.filter(code="part").exists()
