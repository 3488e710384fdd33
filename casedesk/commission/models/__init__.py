"""The commission on utility debts: who sits in it, when it meets, whom it hears, what it decides and what came of it."""

from casedesk.commission.models.agenda import AgendaItem, AgendaRule, Summons
from casedesk.commission.models.commission import AppointmentOrder, Commission, Regulations, Seat, WorkingGroup
from casedesk.commission.models.decision import Decision, Vote
from casedesk.commission.models.meeting import Attendance, Meeting
from casedesk.commission.models.minutes import Minutes
from casedesk.commission.models.read_record import ReadRecord

__all__ = [
    "AgendaItem",
    "AgendaRule",
    "AppointmentOrder",
    "Attendance",
    "Commission",
    "Decision",
    "Meeting",
    "Minutes",
    "ReadRecord",
    "Regulations",
    "Seat",
    "Summons",
    "Vote",
    "WorkingGroup",
]
