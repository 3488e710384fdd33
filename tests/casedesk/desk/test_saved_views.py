"""Saved views: a person's own names for filters."""

import pytest
from django.urls import reverse

from casedesk.desk.models import SavedView

SAVE = "/views/"
SAID = {"name": "Крупные", "page": "debtors:accounts", "query": "overdue_from=100000&sort=number"}


def test_a_view_is_kept_and_shown_on_its_list_alone(visit, officer):
    client = visit(officer)
    answer = client.post(SAVE, SAID)
    assert answer.url == f"{reverse('debtors:accounts')}?{SAID['query']}"
    assert "Крупные" in client.get(answer.url).content.decode()
    assert "Крупные" not in client.get(reverse("debtors:premises-list")).content.decode()


def test_the_same_name_is_written_over(visit, officer):
    client = visit(officer)
    client.post(SAVE, SAID)
    client.post(SAVE, SAID | {"query": "sort=-number"})
    assert SavedView.objects.get().query == "sort=-number"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "я" * 61}, {"page": "no:such"}, {"page": "debtors:account"}])
def test_what_is_no_list_is_not_kept(visit, officer, wrong):
    visit(officer).post(SAVE, SAID | wrong)
    assert not SavedView.objects.exists()


def test_nobody_sees_or_removes_anothers(visit, officer, clerk):
    view = SavedView.objects.create(user=officer, page="debtors:accounts", name="Мой отбор")
    client = visit(clerk)
    assert "Мой отбор" not in client.get(reverse("debtors:accounts")).content.decode()
    assert client.post(reverse("desk:saved-view-remove", args=[view.pk])).status_code == 404
    assert visit(officer).post(reverse("desk:saved-view-remove", args=[view.pk])).status_code == 302
    assert not SavedView.objects.exists()
