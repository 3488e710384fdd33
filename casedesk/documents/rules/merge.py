"""Merge fields: which words and forms a template may use, and the values that it prints.

A template is written by a person outside the program, so it may only name declared fields, walk the rows of declared tables
and ask simple questions. Everything else of the template language is refused by name when the template is uploaded; the
sandbox stands behind that.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from casedesk.common import money, months
from casedesk.common.refusals import Refusal
from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules import declension, in_words
from casedesk.documents.rules.fields import Field

NBSP = "\u00a0"


class BadTemplate(Refusal):
    """The template names a field that is not declared, or uses what templates may not; with what is allowed."""

    code = "bad_template"


@dataclass(frozen=True)
class Money:
    """Kopecks that print as `1 234,56`."""

    kopecks: int

    def __str__(self) -> str:
        return money.spaced(self.kopecks).replace(money.THIN_SPACE, NBSP)

    def __bool__(self) -> bool:
        return self.kopecks != 0


@dataclass(frozen=True)
class Day:
    """A day that prints as `21.03.2024`."""

    value: dt.date

    def __str__(self) -> str:
        return f"{self.value:%d.%m.%Y}"


@dataclass(frozen=True)
class Month:
    """A billing month that prints as `март 2024`."""

    value: int

    def __str__(self) -> str:
        return months.named(self.value)


@dataclass(frozen=True)
class Person:
    """A name that prints in the nominative; filters give the other cases."""

    value: Mapping[str, Any]

    def __str__(self) -> str:
        return self.value["name"]

    def __bool__(self) -> bool:
        return bool(self.value["name"])


@dataclass(frozen=True)
class Qr:
    """The text of a code; each way of rendering draws it."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


_VALUES: dict[str, Callable[[Any], Any]] = {
    "money": Money,
    "day": lambda value: Day(dt.date.fromisoformat(value)),
    "month": Month,
    "person": Person,
    "qr": Qr,
}


def values(fields: Iterable[Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """Kept data as a template sees it: by Russian words, each value printing itself."""
    return {field.word: _value(field, data.get(field.name)) for field in fields}


def _value(field: Field, value: Any) -> Any:
    if field.kind == "table":
        return [values(field.columns, row) for row in value or ()]
    if value is None:
        return Qr("") if field.kind == "qr" else ""
    make = _VALUES.get(field.kind)
    return make(value) if make else value


def in_full(value: Any) -> str:
    """`прописью`: a sum in roubles, a day with its month in words, a number."""
    if value == "":
        return ""
    if isinstance(value, Money):
        return in_words.roubles(value.kopecks)
    if isinstance(value, Day):
        return in_words.day(value.value)
    return in_words.number(value) if isinstance(value, int) else str(value)


def in_figures(value: Any) -> str:
    """`руб`: `1 234 руб. 56 коп.`."""
    if not isinstance(value, Money):
        return str(value)
    whole = money.spaced(value.kopecks // 100 * 100, kopecks_shown=False).replace(money.THIN_SPACE, NBSP)
    return f"{whole}{NBSP}руб.{NBSP}{value.kopecks % 100:02d}{NBSP}коп."


def _bent(case: str) -> Callable[[Any], str]:
    def bend(value: Any) -> str:
        if isinstance(value, Month) and case == "genitive":
            return f"{months.GENITIVE[value.value % 12]} {value.value // 12}"
        return declension.in_case(value.value, case) if isinstance(value, Person) else str(value)

    return bend


FILTERS: dict[str, Callable[[Any], str]] = {
    "прописью": in_full,
    "руб": in_figures,
    "заглавными": lambda value: str(value).upper(),
    **{word: _bent(case) for case, (word, _) in declension.CASES.items()},
}
FILTER_HELP = {
    "прописью": "сумма словами: «одна тысяча рублей 50 копеек»; дата: «21 марта 2024 года»",
    "руб": "«1 234 руб. 56 коп.»",
    "заглавными": "ЗАГЛАВНЫМИ БУКВАМИ",
    **{word: f"имя в падеже: {question}" for word, question in declension.CASES.values()},
}


def environment(**options: Any) -> ImmutableSandboxedEnvironment:
    """The template language with our filters alone, no globals, and an error for anything undeclared."""
    env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=False, **options)
    env.globals.clear()
    env.filters = dict(FILTERS)
    env.tests = {name: env.tests[name] for name in ("defined", "none")}
    return env


_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Filter, nodes.If),
    *(nodes.For, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr),
)
_LOOP = {"index": "номер строки", "first": "первая строка", "last": "последняя строка"}


def check_template(source: str, kind: DocumentKind) -> list[str]:
    """The words the template uses, in their order. Raises BadTemplate with all that is wrong with it at once."""
    env = environment()
    try:
        tree = env.parse(source)
    except TemplateSyntaxError as fault:
        raise BadTemplate(
            f"В поле шаблона ошибка: {fault.message}. Проверьте скобки: {{{{ поле }}}}, {{% if поле %}} … {{% endif %}}."
        ) from None
    found = _Reading(kind)
    found.walk(tree, {})
    if found.problems:
        raise BadTemplate(" ".join(dict.fromkeys(found.problems)))
    return list(dict.fromkeys(found.used))


class _Reading:
    """One pass over the parsed template: what it uses, and what it may not."""

    def __init__(self, kind: DocumentKind):
        self.kind = kind
        self.used: list[str] = []
        self.problems: list[str] = []

    def walk(self, node: nodes.Node, rows: Mapping[str, Field]) -> None:
        """`rows`: names that stand for a row of a table here."""
        if not isinstance(node, _ALLOWED):
            self.problems.append(
                f"В шаблоне нельзя использовать «{type(node).__name__.lower()}»: только поля, {{% for %}} и {{% if %}}."
            )
            return
        if isinstance(node, nodes.For):
            rows = self._loop(node, rows)
            for child in (*node.body, *node.else_):
                self.walk(child, rows)
            return
        if isinstance(node, nodes.Getattr):
            self._attribute(node, rows)
            return
        if isinstance(node, nodes.Name):
            self._name(node, rows)
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            self.problems.append(f"Формы «{node.name}» нет. Есть: {', '.join(FILTERS)}.")
        for child in node.iter_child_nodes():
            self.walk(child, rows)

    def _loop(self, node: nodes.For, rows: Mapping[str, Field]) -> dict[str, Field]:
        table = self.kind.by_word.get(node.iter.name) if isinstance(node.iter, nodes.Name) else None
        if table is None or table.kind != "table" or not isinstance(node.target, nodes.Name):
            tables = [field.word for field in self.kind.all_fields if field.kind == "table"]
            self.problems.append(f"Повторять строки можно только по таблице: {', '.join(tables) or 'здесь таблиц нет'}.")
            return dict(rows)
        self.used.append(table.word)
        return {**rows, node.target.name: table}

    def _attribute(self, node: nodes.Getattr, rows: Mapping[str, Field]) -> None:
        base = node.node.name if isinstance(node.node, nodes.Name) else None
        if base == "loop" and rows and node.attr in _LOOP:
            return
        if base not in rows:
            self.problems.append(f"Точка в «{base or '…'}.{node.attr}» значит столбец таблицы, а такой строки здесь нет.")
            return
        columns = [column.word for column in rows[base].columns]
        if node.attr not in columns:
            self.problems.append(f"Столбца «{node.attr}» в таблице «{rows[base].word}» нет. Есть: {', '.join(columns)}.")

    def _name(self, node: nodes.Name, rows: Mapping[str, Field]) -> None:
        if node.name in rows:
            self.problems.append(f"У «{node.name}» надо назвать столбец: {node.name}.{rows[node.name].columns[0].word}.")
        elif node.name not in self.kind.by_word:
            allowed = ", ".join(sorted(self.kind.by_word))
            self.problems.append(f"Поля «{node.name}» у документа «{self.kind.title}» нет. Есть: {allowed}.")
        else:
            self.used.append(node.name)
