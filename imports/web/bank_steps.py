"""What a person does with one bank document. From the queue the answer is the document's card, else its page."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import money
from casedesk.common.refusals import Refusal
from imports.actions import settle_document
from imports.actions.read_split import SplitLine, read_split, text_of
from imports.actions.tie_registers import tie_by_hand
from imports.models import BankDocument
from imports.web.bank_forms import AcceptForm, AsideForm, AssignForm, ReasonForm, SplitForm, TieForm
from imports.web.bank_pages import find
from imports.web.queue import card


@gated(Right.MATCH_MONEY)
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Place the whole document on a candidate or on an account named by its number."""
    one = find(request, pk, Right.MATCH_MONEY)
    form = AcceptForm(request.POST, document=one)
    return _step(request, one, form, lambda given: _accept(request, one, given))


def _accept(request: HttpRequest, one: BankDocument, given: dict) -> str:
    settle_document.accept(
        document=one,
        account=given["account"],
        writ=given["writ"],
        reason=given["reason"],
        by=request.user,
        at=timezone.now(),
        on=timezone.localdate(),
    )
    return f"{money.spaced(one.amount)} ₽ разнесено на {given['account']}."


@gated(Right.MATCH_MONEY)
@require_POST
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the money is no debt, or goes back."""
    one = find(request, pk, Right.MATCH_MONEY)

    def act(given: dict) -> str:
        settle_document.put_aside(document=one, by=request.user, at=timezone.now(), **given)
        return f"Документ {one} отложен: {given['reason']}."

    return _step(request, one, AsideForm(request.POST), act)


@gated(Right.MATCH_MONEY)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the standing decision back."""
    one = find(request, pk, Right.MATCH_MONEY)

    def act(given: dict) -> str:
        settle_document.reopen(document=one, by=request.user, at=timezone.now(), on=timezone.localdate(), **given)
        return f"Документ {one} снова в невыясненных, его платежи сторнированы."

    return _step(request, one, ReasonForm(request.POST), act)


@gated(Right.MATCH_MONEY)
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the document to a colleague, to oneself (`me`), or to nobody."""
    one = find(request, pk, Right.MATCH_MONEY)

    def act(given: dict) -> str:
        owner = request.user if request.POST.get("me") else given["owner"]
        settle_document.assign(document=one, owner=owner, by=request.user, at=timezone.now())
        return f"Выясняет {owner}." if owner else "Ответственный снят."

    return _step(request, one, AssignForm(request.POST, document=one), act)


@gated(Right.MATCH_MONEY)
@require_POST
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the register that a total answers for."""
    one = find(request, pk, Right.MATCH_MONEY)

    def act(given: dict) -> str:
        tie_by_hand(document=one, by=request.user, at=timezone.now(), **given)
        return f"Документ {one} связан с реестром {given['register'].file_name}."

    return _step(request, one, TieForm(request.POST, document=one), act)


@gated(Right.MATCH_MONEY)
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Share one transfer out by a list: first the list is read and shown, then it is booked."""
    one = find(request, pk, Right.MATCH_MONEY)
    form = SplitForm(request.POST or None, request.FILES or None)
    lines, refusal = [], ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            text = text_of(given["file"]) if given["file"] else given["lines"]
            lines = read_split(document=one, text=text)
            if request.POST.get("book"):
                return _book(request, one, lines, given["reason"])
            form = SplitForm(initial={"lines": text, "reason": given["reason"]})
        except Refusal as refused:
            refusal = refused.message
    return render(request, "imports/bank_split.html", _split_context(one, form, lines, refusal))


def _split_context(one: BankDocument, form: SplitForm, lines: list[SplitLine], refusal: str) -> dict:
    whole = sum(line.amount or 0 for line in lines)
    ready = bool(lines) and whole == one.amount and all(line.fits for line in lines)
    shown = {"document": one, "form": form, "lines": lines, "refusal": refusal, "whole": whole, "ready": ready}
    return {**shown, "rest": one.amount - whole, "bad": sum(1 for line in lines if not line.fits)}


def _book(request: HttpRequest, one: BankDocument, lines: list[SplitLine], reason: str) -> HttpResponse:
    wrong = next((line for line in lines if not line.fits), None)
    if wrong is not None:
        raise settle_document.SumsDiffer(f"Строка {wrong.row} списка не понята: {'; '.join(wrong.reasons)}. Поправьте её.")
    settle_document.split(
        document=one,
        parts=[line.part for line in lines],
        by=request.user,
        at=timezone.now(),
        on=timezone.localdate(),
        reason=reason,
    )
    messages.success(request, f"{money.spaced(one.amount)} ₽ разделено на {len(lines)} строк.")
    return redirect(one)


def _step(request: HttpRequest, one: BankDocument, form, act: Callable[[dict], str]) -> HttpResponse:
    """Do the act; say what was done or why not, on the card in the queue or on the document's page."""
    said, refused = "", ""
    if form.is_valid():
        try:
            with transaction.atomic():
                said = act(form.cleaned_data)
        except Refusal as refusal:
            refused = refusal.message
    else:
        refused = " ".join(error for errors in form.errors.values() for error in errors)
    if request.htmx:
        return card(request, one.pk, said=said, refused=refused)
    messages.success(request, said) if said else messages.error(request, refused)
    return redirect(one)
