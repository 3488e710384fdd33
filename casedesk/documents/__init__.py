"""Papers: templates that a lawyer edits in Word, the data each paper was made from, DOCX and PDF, print runs, payment QR.

The room knows nothing of debtors or courts. A higher room declares a kind of paper with its fields, composes the data and
asks for a document:

    from casedesk.documents.kinds import DocumentKind, register          # <app>/documents/kinds.py, pure
    register(DocumentKind("reminder", "Напоминание о долге", source=HERE / "reminder.txt", fields=(...), checks=(...)))

    from casedesk.documents.actions.make import Draft, make, make_many   # <app>/documents/compose_*.py
    make("reminder", creditor=creditor, data={...}, subject=("debtors.PreTrialNotice", 17), by=user, on=day)
"""
