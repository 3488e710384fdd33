"""Rights and roles: what a person may do. What a person may *see* is `scope.py`."""

from django.db import models


class Right(models.TextChoices):
    """One thing that somebody may do."""

    SEE_CASES = "see_cases", "видеть дела и счета"
    WORK_CASES = "work_cases", "вести дела"
    ASSIGN_CASES = "assign_cases", "распределять дела"
    EDIT_RULES = "edit_rules", "менять правила открытия дел"
    APPROVE_WRITE_OFFS = "approve_write_offs", "утверждать списание долга"
    SEE_IMPORTS = "see_imports", "видеть загрузки"
    IMPORT_REGISTERS = "import_registers", "загружать реестры"
    UNDO_IMPORTS = "undo_imports", "отменять загрузки"
    MATCH_MONEY = "match_money", "разносить платежи"
    CLOSE_MONTHS = "close_months", "закрывать месяцы"
    SEE_PLAN = "see_plan", "видеть план и показатели"
    EDIT_PLAN = "edit_plan", "вести план"
    SEE_EXCHANGE = "see_exchange", "видеть обмен сведениями о долге"
    EXCHANGE_DEBTS = "exchange_debts", "обмениваться сведениями о долге"
    SEE_NORMS = "see_norms", "видеть нормы и расчёты"
    EDIT_NORMS = "edit_norms", "добавлять значения норм"
    SEE_WRITS = "see_writs", "видеть исполнительные документы"
    WORK_WRITS = "work_writs", "вести исполнительные документы"
    RECORD_ENFORCEMENT = "record_enforcement", "учитывать действия приставов"
    EDIT_REQUISITES = "edit_requisites", "вести реквизиты взыскателя"
    SEE_COURTS = "see_courts", "видеть суды и отделы"
    EDIT_COURTS = "edit_courts", "вести суды и отделы"
    SEE_RAIDS = "see_raids", "видеть рейды"
    WORK_RAIDS = "work_raids", "проводить рейды"
    SEE_OUTREACH = "see_outreach", "видеть работу с населением"
    WORK_OUTREACH = "work_outreach", "записывать работу с населением"
    RECONCILE = "reconcile", "вести сверку с приставами"
    SEE_PREMISES = "see_premises", "видеть помещения"
    EDIT_PREMISES = "edit_premises", "вести реестр помещений"
    SEE_DOCUMENTS = "see_documents", "видеть документы"
    EDIT_TEMPLATES = "edit_templates", "менять шаблоны и реквизиты"
    MANAGE_PEOPLE = "manage_people", "управлять пользователями"
    SEE_COMMISSION = "see_commission", "видеть повестку комиссии"
    RUN_COMMISSION = "run_commission", "вести комиссию"
    DO_DECISIONS = "do_decisions", "исполнять решения комиссии"
    SEE_READ_LOG = "see_read_log", "видеть журнал просмотров"


class Role(models.TextChoices):
    """A person's function in an organisation (роль)."""

    LEGAL_OFFICER = "legal_officer", "Юрист"
    BAILIFF_LIAISON = "bailiff_liaison", "Взаимодействие с приставами"
    COMMISSION_SECRETARY = "commission_secretary", "Секретарь комиссии"
    COMMISSION_MEMBER = "commission_member", "Член комиссии"
    REGISTER_CLERK = "register_clerk", "Оператор реестров"
    PLAN_SUPERVISOR = "plan_supervisor", "Куратор плана"
    AUDITOR = "auditor", "Аудитор"
    ADMINISTRATOR = "administrator", "Администратор"


_READ = {
    Right.SEE_CASES,
    Right.SEE_DOCUMENTS,
    Right.SEE_IMPORTS,
    Right.SEE_PLAN,
    Right.SEE_NORMS,
    Right.SEE_WRITS,
    Right.SEE_COURTS,
    Right.SEE_RAIDS,
    Right.SEE_OUTREACH,
    Right.SEE_PREMISES,
    Right.SEE_COMMISSION,
    Right.SEE_READ_LOG,
    Right.SEE_EXCHANGE,
}

RIGHTS: dict[str, frozenset[str]] = {
    Role.LEGAL_OFFICER: frozenset(
        {
            Right.SEE_CASES,
            Right.WORK_CASES,
            Right.ASSIGN_CASES,
            Right.EDIT_RULES,
            Right.APPROVE_WRITE_OFFS,
            Right.SEE_DOCUMENTS,
            Right.EDIT_TEMPLATES,
            Right.SEE_IMPORTS,
            Right.MATCH_MONEY,
            Right.CLOSE_MONTHS,
            Right.SEE_PLAN,
            Right.SEE_NORMS,
            Right.SEE_WRITS,
            Right.RECONCILE,
            Right.WORK_WRITS,
            Right.RECORD_ENFORCEMENT,
            Right.EDIT_REQUISITES,
            Right.SEE_COURTS,
            Right.EDIT_COURTS,
            Right.SEE_RAIDS,
            Right.WORK_RAIDS,
            Right.SEE_OUTREACH,
            Right.WORK_OUTREACH,
            Right.SEE_PREMISES,
            Right.SEE_COMMISSION,
            Right.DO_DECISIONS,
            Right.SEE_EXCHANGE,
            Right.EXCHANGE_DEBTS,
        }
    ),
    Role.BAILIFF_LIAISON: frozenset(
        {
            Right.SEE_WRITS,
            Right.RECORD_ENFORCEMENT,
            Right.RECONCILE,
            Right.SEE_COURTS,
            Right.SEE_RAIDS,
            Right.WORK_RAIDS,
            Right.SEE_NORMS,
            Right.SEE_EXCHANGE,
        }
    ),
    Role.COMMISSION_SECRETARY: frozenset(
        {Right.SEE_COMMISSION, Right.RUN_COMMISSION, Right.DO_DECISIONS, Right.SEE_PLAN, Right.SEE_NORMS}
    ),
    Role.COMMISSION_MEMBER: frozenset({Right.SEE_COMMISSION}),
    Role.REGISTER_CLERK: frozenset(
        {
            Right.SEE_CASES,
            Right.SEE_OUTREACH,
            Right.WORK_OUTREACH,
            Right.SEE_IMPORTS,
            Right.IMPORT_REGISTERS,
            Right.UNDO_IMPORTS,
            Right.MATCH_MONEY,
            Right.CLOSE_MONTHS,
            Right.SEE_COURTS,
            Right.EDIT_COURTS,
            Right.SEE_PREMISES,
            Right.EDIT_PREMISES,
            Right.SEE_EXCHANGE,
            Right.EXCHANGE_DEBTS,
        }
    ),
    Role.PLAN_SUPERVISOR: frozenset(
        {
            Right.SEE_PLAN,
            Right.EDIT_PLAN,
            Right.SEE_NORMS,
            Right.SEE_PREMISES,
            Right.SEE_OUTREACH,
            Right.WORK_OUTREACH,
            Right.SEE_COMMISSION,
            Right.SEE_EXCHANGE,
            Right.EXCHANGE_DEBTS,
        }
    ),
    Role.AUDITOR: frozenset(_READ),
    Role.ADMINISTRATOR: frozenset(Right),
}


def rights_of(roles: set[str]) -> frozenset[str]:
    """All rights that a set of roles gives together."""
    return frozenset().union(*(RIGHTS[role] for role in roles)) if roles else frozenset()
