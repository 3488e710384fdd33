"""The import screens: from the upload to the undo, by a clerk; jobs run at once here."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casedesk.common.models import Job
from debtors.models import Charge, ServiceAlias, UtilityAccount
from imports.models import ColumnProfile, Doubt, ImportBatch

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(visit, clerk):
    return visit(clerk)


@pytest.fixture
def send(desk, osen, february, jobs_run_at_once):
    """Upload lines as a file and follow to the batch."""

    def upload(lines=None, name="osv.csv", **fields) -> ImportBatch:
        content = "\n".join(lines or february).encode("cp1251")
        given = {"files": [SimpleUploadedFile(name, content)], "creditor": osen.pk, "kind": "auto", **fields}
        with jobs_run_at_once():
            answer = desk.post(reverse("imports:upload"), given)
        assert answer.status_code == 302
        return ImportBatch.objects.order_by("-pk").first()

    return upload


@pytest.fixture
def press(desk, jobs_run_at_once):
    """Press a button of a batch's page."""

    def post(batch: ImportBatch, step: str, **fields) -> ImportBatch:
        with jobs_run_at_once():
            answer = desk.post(reverse(f"imports:{step}", args=[batch.pk]), fields)
        assert answer.status_code == 302
        return ImportBatch.objects.get(pk=batch.pk)

    return post


def page(desk, batch) -> str:
    return desk.get(batch.get_absolute_url()).content.decode()


def test_an_upload_becomes_a_preview_and_books_nothing(desk, send):
    batch = send()

    assert (batch.status, batch.rows_accepted, batch.made_by.username) == ("preview", 3, "clerk")
    assert not Charge.objects.exists()
    assert "Проверьте и проведите" in page(desk, batch)


def test_a_confirmed_preview_is_booked_and_its_lines_are_gone(desk, send, press):
    batch = press(send(), "apply")

    assert (batch.status, batch.accounts_created) == ("applied", 2)
    assert Charge.objects.filter(booking=batch.booking).exists()
    assert not batch.staged.exists()
    assert "Отменить загрузку" in page(desk, batch)


def test_what_changed_since_the_preview_is_seen_at_booking(send, press):
    first, second = send(), send()
    press(first, "apply")

    second = press(second, "apply")

    assert (second.status, second.rows_known) == ("nothing_new", 3)
    assert UtilityAccount.objects.count() == 2


def test_booking_twice_is_refused_in_words(desk, send, press):
    batch = press(send(), "apply")

    press(batch, "apply")

    assert Job.objects.filter(kind="imports.apply").count() == 1
    assert "уже позади" in page(desk, batch)


def test_an_unknown_service_is_named_once(desk, send, press, osen, february):
    batch = send([*february, "005100003;Новый;ул. Ленина, д. 12, кв. 3;Домофон;0;10,00;0;0;10,00"])
    assert "«Домофон»" in page(desk, batch)

    batch = press(batch, "services", service_0="7")

    assert ServiceAlias.objects.get(creditor=osen).key == "домофон"
    assert (batch.status, batch.rows_rejected) == ("preview", 0)


def test_confirmed_columns_are_remembered_for_the_next_file(desk, send, press, osen, february):
    first = send(february)
    assert desk.get(reverse("imports:columns", args=[first.pk])).status_code == 200
    fields = ("account", "holder", "address", "service", "opening", "charged", "recalculated", "paid", "closing")

    first = press(first, "columns", name="Наши ведомости", **{f"column_{at}": name for at, name in enumerate(fields)})
    second = send([line.replace("февраль", "март") for line in february], name="март.csv")

    assert ColumnProfile.objects.get(creditor=osen).confirmed_by.username == "clerk"
    assert (first.profile, second.profile, second.confidence) == ("Наши ведомости", "Наши ведомости", 1.0)


def test_columns_without_an_account_are_not_kept(desk, send, press):
    batch = press(send(), "columns", name="Плохие", column_0="holder")

    assert not ColumnProfile.objects.exists()
    assert batch.status == "preview"


def test_rejected_rows_come_back_with_reasons(desk, send, february):
    batch = send([*february, "005100003;Новый;ул. Ленина, д. 12, кв. 3;Отопление;0;1,234;0;0;0"])

    answer = desk.get(reverse("imports:rejected", args=[batch.pk]))

    text = answer.getvalue().decode("cp1251")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[-1][0] == "005100003"
    assert "1,234" in rows[-1][-1]
    assert len(rows) == 3


def test_broken_totals_ask_for_a_confirmation(desk, send, press, february):
    batch = send([*february, "Итого;;;;300,00;95,00;-5,00;50,00;335,00"])
    assert "Итоги файла не сходятся" in page(desk, batch)

    refused = press(batch, "apply")
    assert refused.status != "applied"
    booked = press(batch, "apply", totals="on")

    assert booked.status == "applied"


def test_a_doubt_is_decided_from_the_list(desk, send, press, february):
    press(send(), "apply")
    press(send([line.replace("30,00;-5,00;0,00;25,00", "40,00;-5,00;0,00;35,00") for line in february]), "apply")
    doubt = Doubt.objects.get()
    assert "Принять" in desk.get(reverse("imports:doubts")).content.decode()

    desk.post(reverse("imports:decide", args=[doubt.pk]), {"accept": "1", "back": reverse("imports:doubts")})

    doubt.refresh_from_db()
    assert (doubt.decision, doubt.decided_by.username) == ("accepted", "clerk")


def test_undo_asks_for_a_reason(desk, send, press):
    batch = press(send(), "apply")

    assert press(batch, "undo", reason="").status == "applied"
    assert press(batch, "undo", reason="не тот месяц").status == "undone"
    assert not UtilityAccount.objects.standing().exists()
    assert "не тот месяц" in page(desk, batch)


def test_what_is_given_up_books_nothing(send, press):
    batch = press(send(), "discard")

    assert batch.status == "refused"
    assert not batch.staged.exists()


def test_a_file_that_is_too_large_is_refused_with_its_size(desk, osen, monkeypatch):
    monkeypatch.setattr("imports.actions.take_upload.LARGEST", 2**20)
    upload = SimpleUploadedFile("big.csv", b"1" * (2**20 + 1))

    answer = desk.post(reverse("imports:upload"), {"files": [upload], "creditor": osen.pk, "kind": "auto"}, follow=True)

    assert "принимаем до 1 МБ" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_another_creditor_cannot_be_loaded_for(desk, lada):
    upload = SimpleUploadedFile("osv.csv", b"1")

    answer = desk.post(reverse("imports:upload"), {"files": [upload], "creditor": lada.pk, "kind": "auto"})

    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["index", "doubts"])
def test_lists_answer_empty(desk, name):
    assert desk.get(reverse(f"imports:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["batch", "problems", "accounts"])
def test_pages_take_a_fixed_number_of_queries(desk, send, press, name, django_assert_max_num_queries):
    batch = press(send(), "apply")

    with django_assert_max_num_queries(24):
        assert desk.get(reverse(f"imports:{name}", args=[batch.pk])).status_code == 200
