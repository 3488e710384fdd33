"""Remind people of their open tasks by e-mail: one letter a day to a person."""

import datetime as dt
from itertools import groupby

from django.conf import settings
from django.core.mail import send_mail

from casedesk.access.models import User
from casedesk.common import months, ru
from casedesk.plans import catalogue
from casedesk.plans.documents.words import figure
from casedesk.plans.models import PlanTask
from casedesk.plans.rules.lights import LABELS
from debtors.channels.configured import why_not
from debtors.rules.contact_words import ContactChannel

FORMS = ("задача", "задачи", "задач")


def remind(*, on: dt.date) -> int:
    """Send the digests; return how many went out. A person who was reminded today, or has no address, gets none.

    Where no e-mail leaves the installation nobody is taken for reminded.
    """
    if why_not(ContactChannel.EMAIL):
        return 0
    tasks = PlanTask.objects.open().filter(person__is_active=True).exclude(person__email="").exclude(reminded_on=on)
    listed = tasks.select_related("plan", "person", "organisation").order_by("person", "due_on", "pk")
    sent = 0
    for person, group in groupby(listed, key=lambda task: task.person):
        sent += _send(person, list(group), on)
    return sent


def _send(person: User, tasks: list[PlanTask], on: dt.date) -> int:
    """The letter goes first: a letter sent twice is better than one never sent."""
    late = sum(task.is_late(on) for task in tasks)
    subject = f"План: {ru.plural(len(tasks), *FORMS)}" + (f", просрочено {late}" if late else "")
    body = "\n\n".join([f"{person}, по строкам плана за вами:", *(_line(task, on) for task in tasks)])
    done = send_mail(subject, body, None, [person.email])
    PlanTask.objects.filter(pk__in=[task.pk for task in tasks]).update(reminded_on=on)
    return done


def _line(task: PlanTask, on: dt.date) -> str:
    one = catalogue.get(task.indicator)
    unit = one.unit.value
    term = "срок прошёл" if task.is_late(on) else "сделать до"
    whose = f", {task.organisation}" if task.organisation else ""
    return (
        f"{task.plan.code} {task.row}. {one.name}{whose} за {months.named(task.month)}: {LABELS[task.light]}.\n"
        f"Значение {figure(task.value, unit)}, цель {figure(task.target, unit)}; {term} {task.due_on:%d.%m.%Y}.\n"
        f"{settings.SITE_URL}/plans/{task.plan.code}/tasks/"
    )
