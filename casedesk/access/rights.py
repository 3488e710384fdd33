"""Rights and roles: what a person may do. What a person may *see* is `scope.py`."""

from django.db import models


class Right(models.TextChoices):
    """One thing that somebody may do."""

    SEE_CASES = "see_cases", "видеть дела и счета"
    WORK_CASES = "work_cases", "вести дела"
    ASSIGN_CASES = "assign_cases", "распределять дела"
    EDIT_RULES = "edit_rules", "менять правила открытия дел"
    SEE_IMPORTS = "see_imports", "видеть загрузки"
    IMPORT_REGISTERS = "import_registers", "загружать реестры"
    UNDO_IMPORTS = "undo_imports", "отменять загрузки"
    SEE_PLAN = "see_plan", "видеть план и показатели"
    EDIT_PLAN = "edit_plan", "вести план"
    SEE_NORMS = "see_norms", "видеть нормы и расчёты"
    EDIT_NORMS = "edit_norms", "добавлять значения норм"
    SEE_WRITS = "see_writs", "видеть исполнительные документы"
    RECONCILE = "reconcile", "вести сверку с приставами"
    SEE_PREMISES = "see_premises", "видеть помещения"
    EDIT_PREMISES = "edit_premises", "вести реестр помещений"
    MANAGE_PEOPLE = "manage_people", "управлять пользователями"
    SEE_COMMISSION = "see_commission", "видеть повестку комиссии"


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
    Right.SEE_IMPORTS,
    Right.SEE_PLAN,
    Right.SEE_NORMS,
    Right.SEE_WRITS,
    Right.SEE_PREMISES,
    Right.SEE_COMMISSION,
}

RIGHTS: dict[str, frozenset[str]] = {
    Role.LEGAL_OFFICER: frozenset(
        {
            Right.SEE_CASES,
            Right.WORK_CASES,
            Right.ASSIGN_CASES,
            Right.EDIT_RULES,
            Right.SEE_IMPORTS,
            Right.SEE_PLAN,
            Right.SEE_NORMS,
            Right.SEE_WRITS,
            Right.SEE_PREMISES,
        }
    ),
    Role.BAILIFF_LIAISON: frozenset({Right.SEE_WRITS, Right.RECONCILE, Right.SEE_NORMS}),
    Role.COMMISSION_SECRETARY: frozenset({Right.SEE_COMMISSION, Right.SEE_PLAN, Right.SEE_NORMS}),
    Role.COMMISSION_MEMBER: frozenset({Right.SEE_COMMISSION}),
    Role.REGISTER_CLERK: frozenset(
        {
            Right.SEE_CASES,
            Right.SEE_IMPORTS,
            Right.IMPORT_REGISTERS,
            Right.UNDO_IMPORTS,
            Right.SEE_PREMISES,
            Right.EDIT_PREMISES,
        }
    ),
    Role.PLAN_SUPERVISOR: frozenset({Right.SEE_PLAN, Right.EDIT_PLAN, Right.SEE_NORMS, Right.SEE_PREMISES}),
    Role.AUDITOR: frozenset(_READ),
    Role.ADMINISTRATOR: frozenset(Right),
}


def rights_of(roles: set[str]) -> frozenset[str]:
    """All rights that a set of roles gives together."""
    return frozenset().union(*(RIGHTS[role] for role in roles)) if roles else frozenset()
