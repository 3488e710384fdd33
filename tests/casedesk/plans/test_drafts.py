"""The plan editor: a municipality's own people enter a plan, see it, put it in force; files go both ways."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.management import call_command

from casedesk.access.rights import Role
from casedesk.plans import catalogue
from casedesk.plans.actions.edit_draft import CodeTaken, DraftChanged, change_draft, draft_of, publish_draft
from casedesk.plans.actions.load_plan import check_plan, load_plan
from casedesk.plans.models import IndicatorUse, Plan, PlanDraft, PlanVersion
from casedesk.plans.queries.plan_data import plan_data
from casedesk.plans.rules import plan_edit
from casedesk.plans.rules.plan_file import MeasureData, PlanData, UseData, WrongPlanFile, read_plan
from casedesk.plans.rules.plan_text import write_plan
from tests.casedesk.plans.test_reports import freeze, moment
from tests.factories import access

OWN = PlanData("OZ-1", "Наш «план»", base_on=dt.date(2024, 1, 1))
ROW = MeasureData("1.1", "Снизить долг", due_day=5, indicators=(UseData("debt.overdue", "1000000.00", "at_most", {"day": 5}),))
FILLED = plan_edit.put_measure(plan_edit.add_section(OWN, "Долг\nи его возраст"), 0, None, ROW)


@pytest.fixture
def hall_plan(town_hall) -> Plan:
    """The municipality's own plan, a copy of B."""
    data = read_plan(write_plan(plan_data(Plan.objects.get(code="B"))).replace('code = "B"', 'code = "OWN"', 1))
    plan = load_plan(data=data)
    plan.territory = town_hall.territory
    plan.save()
    return plan


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["B", "Z", "P", "L"])
def test_a_plan_written_to_a_file_is_read_back_the_same(code):
    data = plan_data(Plan.objects.get(code=code))
    assert read_plan(write_plan(data)) == data
    assert check_plan(data) == []


def test_odd_words_survive_the_file():
    assert read_plan(write_plan(FILLED)) == FILLED


def with_use(use: UseData) -> PlanData:
    return plan_edit.put_measure(FILLED, 0, 0, MeasureData("1", "а", indicators=(use,)))


WRONG = [
    (PlanData("наш", "План"), "Код плана «наш»"),
    (PlanData("A", ""), "Название плана не заполнено"),
    (OWN, "нет ни одного мероприятия"),
    (plan_edit.put_measure(FILLED, 0, None, ROW), "Строка «1.1» встречается 2 раза"),
    (plan_edit.put_measure(FILLED, 0, 0, MeasureData("1", "а", period="иногда")), "периода «иногда» нет"),
    (plan_edit.put_measure(FILLED, 0, 0, MeasureData("1", "а", due_day=32)), "день срока «32»"),
    (with_use(UseData("debt.x")), "«debt.x» нет в каталоге"),
    (with_use(UseData("debt.total", "много")), "цель «много»"),
    (
        plan_edit.put_measure(FILLED, 0, 0, MeasureData("1", "а", indicators=(UseData("debt.total", "1", "около"),))),
        "«около» нет",
    ),
    (PlanData("A", "План", valid_from=dt.date(2024, 2, 1), valid_to=dt.date(2024, 1, 1)), "План кончается 01.01.2024"),
]


@pytest.mark.parametrize(("data", "said"), WRONG, ids=[said for _, said in WRONG])
def test_every_fault_is_named(data, said):
    assert any(said in fault for fault in check_plan(data))


@pytest.mark.django_db
def test_a_plan_with_faults_is_not_loaded():
    data = plan_edit.put_measure(FILLED, 0, 0, MeasureData("1", "а", due_day=40))
    with pytest.raises(WrongPlanFile, match="день срока"):
        load_plan(data=data)
    assert not Plan.objects.filter(code="OZ-1").exists()


@pytest.mark.parametrize("text", ['sections = "x"', "sections = [1]", '[[sections]]\ntitle = "а"\nmeasures = 5'])
def test_what_is_no_list_of_tables_is_told(text):
    with pytest.raises(WrongPlanFile, match="списком таблиц"):
        read_plan(f'code = "A"\nname = "б"\n{text}')


def test_rows_are_moved_and_taken_out():
    two = plan_edit.put_measure(FILLED, 0, None, MeasureData("1.2", "Второе"))
    rows = lambda data: [row.row for row in data.sections[0].measures]  # noqa: E731
    assert rows(plan_edit.move(two, -1, 0, 1)) == ["1.2", "1.1"]
    assert rows(plan_edit.move(two, 1, 0, 1)) == ["1.1", "1.2"]
    assert rows(plan_edit.drop(two, 0, 0)) == ["1.2"]
    assert plan_edit.drop(two, 0).sections == ()


def test_publishing_keeps_versions_and_addresses_of_figures(hall_plan, supervisor):
    before = IndicatorUse.objects.filter(measure__section__plan=hall_plan).values_list("pk", flat=True)
    known = list(before)
    draft = draft_of(plan=hall_plan, by=supervisor, at=moment("2024-03-20"))
    change_draft(draft=draft, revision=1, change=lambda data: plan_edit.add_section(data, "Новое"))
    version = publish_draft(draft=draft, by=supervisor, at=moment("2024-03-21"))
    assert (version.number, version.published, version.made_by) == (2, True, supervisor)
    assert "Новое" in version.text and "Новое" not in hall_plan.versions.get(number=1).text
    assert list(before.all()) == known
    assert not PlanDraft.objects.exists()


def test_a_version_that_a_report_used_never_changes(hall_plan, supervisor, small_town):
    report = freeze("2024-03-20", code="OWN")
    text = report.version.text
    draft = draft_of(plan=hall_plan, by=supervisor, at=moment("2024-03-21"))
    change_draft(draft=draft, revision=1, change=lambda data: plan_edit.drop(data, 0))
    publish_draft(draft=draft, by=supervisor, at=moment("2024-03-22"))
    assert PlanVersion.objects.get(pk=report.version_id).text == text


def test_an_older_form_does_not_overwrite_a_newer_change(hall_plan, supervisor):
    draft = draft_of(plan=hall_plan, by=supervisor, at=moment("2024-03-20"))
    change_draft(draft=draft, revision=1, change=lambda data: plan_edit.add_section(data, "Моё"))
    with pytest.raises(DraftChanged):
        change_draft(draft=draft, revision=1, change=lambda data: plan_edit.drop(data, 0))
    draft.refresh_from_db()
    assert read_plan(draft.text).sections[-1].title == "Моё"


def test_a_new_plan_does_not_take_anothers_code(supervisor, town_hall):
    fields = {"territory": town_hall.territory, "created_at": moment("2024-03-20")}
    draft = PlanDraft.objects.create(text=write_plan(FILLED).replace("OZ-1", "B"), **fields)
    with pytest.raises(CodeTaken, match="занят"):
        publish_draft(draft=draft, by=supervisor, at=moment("2024-03-20"))


def test_a_fifth_plan_is_entered_on_the_screen(supervisor, town_hall, visit, small_town):
    """The issue's own case: code and name, a section, a measure with an indicator and a target, preview, in force."""
    people = visit(supervisor)
    people.post("/plan-drafts/new/", {"code": "V-2027", "name": "План на 2027 год", "territory": town_hall.territory.pk})
    draft = PlanDraft.objects.get()
    at = draft.get_absolute_url()
    assert "нет ни одного мероприятия" in people.get(at).content.decode()
    people.post(f"{at}sections/new/", {"revision": 1, "title": "Долг"})
    measure = {"revision": 2, "row": "1", "title": "Не дать долгу расти", "period": "monthly", "due_day": "10"}
    uses = {"uses-TOTAL_FORMS": 2, "uses-INITIAL_FORMS": 0, "uses-0-code": "debt.overdue", "uses-0-target": "1 000 000,50"}
    people.post(f"{at}sections/0/new/", measure | uses | {"uses-0-comparator": "at_most"})
    shown = people.get(f"{at}preview/?period=2024-02").content.decode()
    assert "7\u202f400,00" in shown and "1\u202f000\u202f000,50" in shown and "выполнено" in shown
    answer = people.post(f"{at}publish/")
    assert answer["Location"] == "/plans/V-2027/"
    plan = Plan.objects.get(code="V-2027")
    assert plan.territory == town_hall.territory
    assert plan_data(plan).sections[0].measures[0].indicators == (UseData("debt.overdue", "1000000.50", "at_most", {}),)
    assert people.get("/plans/V-2027/?period=2024-02").status_code == 200


def test_a_wrong_target_is_told_on_the_form(supervisor, hall_plan, visit):
    people = visit(supervisor)
    at = people.post("/plans/OWN/edit/")["Location"]
    form = {"revision": 1, "row": "1", "title": "а", "period": "monthly", "uses-TOTAL_FORMS": 1, "uses-INITIAL_FORMS": 0}
    use = {"uses-0-code": "debt.overdue", "uses-0-target": "много", "uses-0-params": "day пять"}
    shown = people.post(f"{at}sections/0/new/", form | use).content.decode()
    assert "Цель не читается" in shown and "Параметры пишут так" in shown
    assert PlanDraft.objects.get().revision == 1


def test_a_target_without_its_indicator_is_told(supervisor, hall_plan, visit):
    """An empty row of the form asks for nothing; one with a target asks for the indicator."""
    people = visit(supervisor)
    at = people.post("/plans/OWN/edit/")["Location"]
    form = {"revision": 1, "row": "1", "title": "а", "period": "monthly", "uses-TOTAL_FORMS": 2, "uses-INITIAL_FORMS": 0}
    shown = people.post(f"{at}sections/0/new/", form | {"uses-0-target": "5"}).content.decode()
    assert "Выберите показатель" in shown
    assert people.post(f"{at}sections/0/new/", form).status_code == 302


def test_the_editor_names_indicators_and_their_targets(supervisor, hall_plan, visit):
    people = visit(supervisor)
    page = people.get(people.post("/plans/OWN/edit/")["Location"]).content.decode()
    assert "Подано в суд на сумму" in page
    assert "не меньше 700 000,00 ₽" in page and "<code>claims." not in page


def test_a_plan_goes_out_and_comes_in_as_one_file(supervisor, town_hall, visit):
    people = visit(supervisor)
    file = people.get("/plans/B/export/")
    assert file["Content-Disposition"] == 'attachment; filename="plan-B.toml"'
    sent = BytesIO(file.content)
    sent.name = "plan.toml"
    form = {"code": "B-OWN", "name": "Наш", "territory": town_hall.territory.pk, "file": sent}
    at = people.post("/plan-drafts/new/", form)["Location"]
    people.post(f"{at}publish/")
    ours, theirs = (plan_data(Plan.objects.get(code=code)) for code in ("B-OWN", "B"))
    assert ours.sections == theirs.sections and ours.name == "Наш"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe", "не в UTF-8"), ("код = 1".encode(), "не читается как TOML"), (b'code = "A"\nnam = "b"', "непонятный ключ")],
)
def test_a_wrong_file_is_told_on_the_form(supervisor, town_hall, visit, content, said):
    sent = BytesIO(content)
    sent.name = "plan.toml"
    shown = visit(supervisor).post("/plan-drafts/new/", {"territory": town_hall.territory.pk, "file": sent}).content.decode()
    assert said in shown
    assert not PlanDraft.objects.exists()


def test_a_shared_plan_is_changed_by_administrators_only(supervisor, administrator, visit):
    assert visit(supervisor).post("/plans/B/edit/")["Location"] == "/plans/B/"
    assert not PlanDraft.objects.exists()
    assert visit(administrator).post("/plans/B/edit/")["Location"] == PlanDraft.objects.get().get_absolute_url()


def test_drafts_of_another_territory_are_not_there(hall_plan, supervisor, visit):
    draft = draft_of(plan=hall_plan, by=supervisor, at=moment("2024-03-20"))
    land = access.territory("ozersk", "Озёрск")
    neighbour = access.person(Role.PLAN_SUPERVISOR, access.municipality("ozersk-adm", territory=land))
    for page in ("", "export/", "preview/", "head/", "sections/0/", "sections/0/0/"):
        assert visit(neighbour).get(draft.get_absolute_url() + page).status_code == 404
    assert visit(neighbour).post(f"{draft.get_absolute_url()}publish/").status_code == 404


@pytest.mark.django_db
def test_shipped_plans_are_brought_up_to_date(capsys):
    """A plan nobody touched follows the program; one that people have published stays; nothing is lost."""
    plan = Plan.objects.get(code="L")
    shipped = plan_data(plan)
    plan.sections.first().measures.all().delete()
    call_command("update_plans")
    assert "План L: обновлён" in capsys.readouterr().out
    assert plan_data(Plan.objects.get(code="L")) == shipped
    assert plan.versions.count() == 1
    call_command("update_plans")
    assert "План L: уже такой" in capsys.readouterr().out


def test_a_plan_that_people_changed_stays(administrator, capsys):
    draft = draft_of(plan=Plan.objects.get(code="L"), by=administrator, at=moment("2024-03-20"))
    change_draft(draft=draft, revision=1, change=lambda data: plan_edit.add_section(data, "Своё"))
    publish_draft(draft=draft, by=administrator, at=moment("2024-03-20"))
    call_command("update_plans")
    assert "План L: изменён людьми" in capsys.readouterr().out
    assert Plan.objects.get(code="L").sections.filter(title="Своё").exists()
    call_command("update_plans", also_edited=True)
    assert not Plan.objects.get(code="L").sections.filter(title="Своё").exists()


def test_the_catalogue_offers_every_indicator_to_the_editor(hall_plan, supervisor, visit):
    at = visit(supervisor).post("/plans/OWN/edit/")["Location"]
    shown = visit(supervisor).get(f"{at}sections/0/new/").content.decode()
    assert all(f'value="{one.code}"' in shown for one in catalogue.all_indicators())
