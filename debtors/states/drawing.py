"""The table of a case's moves and the catalogue of its events as a page of the documentation (`docs/case-stages.md`)."""

import datetime as dt

from casedesk.access.rights import Right
from casedesk.common.states import Move
from debtors.rules.case_events import EVENTS
from debtors.rules.next_step import ACTION_NAMES, CaseFacts, Terms, next_step
from debtors.rules.stages import LIVE_STAGES, STAGE_NAMES, TURN_NAMES, Stage
from debtors.states.case_file import CASE, debtor_can_answer, has_overdue_debt, not_on_hold

GUARDS = {
    not_on_hold: "дело не приостановлено",
    has_overdue_debt: "есть просроченный долг",
    debtor_can_answer: "должник жив и не банкрот",
}
"""What each check asks, in words."""

MANY = 4
"""A move from more stages than these is drawn once, from «any»: the table below names them."""
_SOME_DAY = dt.date(2024, 1, 1)
HEAD = """# Этапы дела

Страница сделана командой `manage.py draw_stages` из таблицы переходов (`debtors/states/case_file.py`) и каталога событий
(`debtors/rules/case_events.py`); тест следит, чтобы она не отставала. Этап следует из событий, дни его не меняют: сроки идут
внутри этапа.
"""


def markdown() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_diagram(), "", *_steps(), "", *_moves(), "", *_events(), ""])


def _diagram() -> list[str]:
    """Moves that change the stage, as a Mermaid state diagram."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {Stage.OPENED}"]
    lines += [f"    {stage}: {name}" for stage, name in STAGE_NAMES.items()]
    lines.append("    any: любой этап")
    for move in CASE.moves:
        sources = sorted(move.sources) if len(move.sources) <= MANY else ["any"]
        if move.target:
            lines += [f"    {source} --> {move.target}: {move.label}" for source in sources]
    return [*lines, "```"]


def _steps() -> list[str]:
    """What is next at each stage, by the default terms."""
    lines = ["## Следующий шаг", "", "| этап | шаг | норма |", "|---|---|---|"]
    for stage in Stage:
        if stage in LIVE_STAGES:
            step = next_step(CaseFacts(stage, _SOME_DAY), Terms())
            lines.append(f"| {STAGE_NAMES[stage]} | {ACTION_NAMES[step.action]} | {step.norm} |")
    return lines


def _moves() -> list[str]:
    lines = ["## Переходы", "", "| действие | из этапов | в этап | право | проверки | основание |", "|---|---|---|---|---|---|"]
    return lines + [_move(move) for move in CASE.moves]


def _move(move: Move) -> str:
    sources = "любой" if move.sources == frozenset(Stage) else "любой открытый" if move.sources == LIVE_STAGES else ""
    named = sources or ", ".join(STAGE_NAMES[stage] for stage in Stage if stage in move.sources)
    target = STAGE_NAMES[Stage(move.target)] if move.target else "тот же"
    guards = "; ".join(GUARDS[guard] for guard in move.needs) or "-"
    return f"| {move.label} | {named} | {target} | {Right(move.right).label} | {guards} | {move.law or '-'} |"


def _events() -> list[str]:
    lines = ["## События", "", "| событие | код | поля | срок, который оно начинает | чей ход |", "|---|---|---|---|---|"]
    for kind in sorted(EVENTS, key=lambda kind: kind.code):
        turn = TURN_NAMES.get(kind.turn, "-")
        lines.append(f"| {kind.title} | `{kind.code}` | {', '.join(kind.fields) or '-'} | {kind.term or '-'} | {turn} |")
    return lines
