"""Terms that run for the bailiffs on a writ."""

from casedesk.norms.queries.current import current
from enforcement.models import ImpossibilityAct
from enforcement.queries.writ_now import WritNow
from enforcement.rules.inaction import Term, Watch, terms
from enforcement.rules.words import WritState


def watch_of(now: WritNow) -> Watch:
    """The days that the bailiff's terms on the writ start from."""
    if now.writ.state == WritState.RETURNED:
        act = ImpossibilityAct.objects.filter(writ=now.writ).order_by("-dated_on", "-pk").first()
        if act is None:
            return Watch(is_running=False)
        return Watch(is_running=False, returned_on=act.dated_on, copy_sent_on=act.sent_on or act.received_on)
    opened = next((one.opened_on for one in now.proceedings if one.opened_on), None)
    received = now.running.received_on if now.running and now.running.kind == "bailiffs" else None
    return Watch(received_on=received, opened_on=opened)


def running_terms(now: WritNow) -> list[Term]:
    return terms(watch_of(now), current())
