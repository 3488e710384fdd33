"""Long work with a stored progress, safe to kill and to run again.

    from casedesk.common.jobs.registry import job
    from casedesk.common.jobs.queue import enqueue

    @job("imports.apply", title="Загрузка реестра", right=Right.SEE_IMPORTS)     # in <app>/jobs.py
    def apply(handle, *, batch: int) -> dict:
        handle.progress(10, 200, "строки")
        return {"url": "/imports/17/"}

    enqueue("imports.apply", by=user, creditor=creditor, batch=17)

A job function may run twice (its worker may die at any point), so it must be idempotent. It runs outside any
transaction and opens its own. It raises a Refusal for what people should read. Nothing here may touch the Job row from
inside the job's own transaction: progress travels by another road (see pulse.py).
"""
