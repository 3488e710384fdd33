"""The list of cases and what is done with many of them at once: assign, prepare reminders."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from casedesk.common.ru import plural
from casedesk.common.tables import Bulk, Empty, Listing
from debtors.actions.assign_cases import assign_cases
from debtors.actions.prepare_reminder import prepare_reminders, preview_reminders
from debtors.models import CaseFile
from debtors.web.case_forms import OfficerForm
from debtors.web.case_panels import bulk
from debtors.web.case_tables import CASE_COLUMNS, CaseFilter, officers_for

EMPTY = Empty("Открытых дел нет", "Дела открываются после загрузки реестра по правилу взыскателя.", icon="folder-open")
MOST = 10_000
"""As many cases one bulk action takes: a list counts no further either."""


def listing_of(request, **options) -> Listing:
    """The list of cases that this person may see, with the bulk actions that their role allows."""
    may = scope_of(request.user).may
    offered = (
        (Right.ASSIGN_CASES, Bulk("Назначить…", reverse("debtors:cases-assign"), "user-check")),
        (Right.WORK_CASES, Bulk("Подготовить напоминания…", reverse("debtors:cases-remind"), "file-text")),
    )
    return Listing(
        request,
        CaseFile.objects.visible_to(request.user).select_related("officer", "creditor"),
        CASE_COLUMNS,
        filters=CaseFilter,
        bulk=[*(one for right, one in offered if may(right)), *bulk(request.user)],
        notes=[f"Дела на {timezone.localdate():%d.%m.%Y}"],
        **{"sort": "-overdue", "name": "cases", "empty": EMPTY} | options,
    )


@gated(Right.SEE_CASES)
def index(request):
    return listing_of(request).render("debtors/cases.html")


def _chosen(request) -> list[CaseFile]:
    """The cases that a bulk form came with: ticked ones, or all that its filters found."""
    listing = listing_of(request, asked=QueryDict(request.POST.get("query", "")))
    return list(listing.chosen(request.POST)[:MOST])


def posted_again(request) -> list[tuple[str, str]]:
    """What a bulk form came with, for the form of the second step: ticked ids, or everything that the filters find."""
    kept = [("query", request.POST.get("query", ""))]
    if request.POST.get("everything"):
        return [*kept, ("everything", "1")]
    return kept + [("ids", key) for key in request.POST.getlist("ids")]


def _back(request) -> str:
    return reverse("debtors:cases") + "?" + request.POST.get("query", "")


@gated(Right.ASSIGN_CASES)
def assign(request):
    """First post: show what is chosen and ask whom. Second (`confirm`): do it."""
    cases = _chosen(request) if request.method == "POST" else []
    if not cases:
        messages.warning(request, "Отметьте дела в списке, которые хотите назначить.")
        return redirect("debtors:cases")
    form = OfficerForm(request.POST if "confirm" in request.POST else None, officers=officers_for(request))
    if form.is_valid():
        try:
            done = assign_cases(cases=cases, to=form.cleaned_data["to"], by=request.user, on=timezone.localdate())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            kept = f", у {plural(done.unchanged, 'дела', 'дел', 'дел')} он уже был" if done.unchanged else ""
            messages.success(request, f"Назначено: {plural(done.changed, 'дело', 'дела', 'дел')}{kept}.")
            for _, reason in done.refused[:5]:
                messages.warning(request, reason)
            return redirect(_back(request))
    return render(request, "debtors/cases_assign.html", _preview(request, cases) | {"form": form})


def _preview(request, cases: list[CaseFile]) -> dict:
    """What every bulk page shows of the cases and posts back."""
    return {
        "cases": cases,
        "total": sum(case.overdue for case in cases),
        "posted": posted_again(request),
        "back": _back(request),
    }


@gated(Right.WORK_CASES)
def remind(request):
    """First post: show who gets a reminder for what sum and who does not, and why. Second (`confirm`): prepare."""
    cases = _chosen(request) if request.method == "POST" else []
    if not cases:
        messages.warning(request, "Отметьте дела в списке, по которым нужны напоминания.")
        return redirect("debtors:cases")
    today = timezone.localdate()
    if "confirm" not in request.POST:
        found = preview_reminders(cases=cases, by=request.user, on=today)
        rows = [(case, found.asked[case.pk]) for case in found.cases]
        return render(request, "debtors/cases_remind.html", _preview(request, cases) | {"found": found, "rows": rows})
    found = prepare_reminders(cases=cases, by=request.user, on=today)
    if not found.notices:
        messages.warning(request, "Ни одного напоминания не подготовлено: причины показаны в списке дел.")
        return redirect(_back(request))
    messages.success(request, f"Подготовлено: {plural(len(found.notices), 'напоминание', 'напоминания', 'напоминаний')}.")
    return redirect(f"{reverse('debtors:notices')}?state=prepared&prepared_from={today.isoformat()}")
