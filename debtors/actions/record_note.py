"""Notes on a case."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from debtors.actions.moves import lock, take_step
from debtors.models import CaseFile, Note


class NoteIsEmpty(Refusal):
    """A note without words."""

    code = "note_is_empty"


class NotYourNote(Refusal):
    """Only the author edits a note; others write their own."""

    code = "not_your_note"


@transaction.atomic
def record_note(*, case: CaseFile, text: str, by: User, on: dt.date, is_pinned: bool = False) -> Note:
    """Write a note on the case. Raises NoteIsEmpty."""
    text = text.strip()
    if not text:
        raise NoteIsEmpty("Заметка пуста: напишите хотя бы слово.")
    note = Note.objects.create(case=case, text=text, is_pinned=is_pinned, written_on=on, written_by=by)
    take_step(lock(case), "note", by=by, on=max(on, case.stage_on), subject=note, note=note.pk)
    return note


@transaction.atomic
def edit_note(*, note: Note, text: str, is_pinned: bool, by: User) -> Note:
    """Change one's own note; the earlier text stays in its history. Raises NotYourNote, NoteIsEmpty."""
    if note.written_by_id != by.pk:
        raise NotYourNote(f"Заметку от {note.written_on:%d.%m.%Y} писали не вы: правит её автор. Напишите свою.")
    if not text.strip():
        raise NoteIsEmpty("Заметка пуста: напишите хотя бы слово.")
    note.text, note.is_pinned = text.strip(), is_pinned
    note.save(update_fields=["text", "is_pinned"])
    return note
