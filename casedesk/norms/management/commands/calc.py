"""`manage.py calc NAME [FILE.json]`: one legal calculation, JSON in, JSON out."""

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from casedesk.common.refusals import Refusal
from casedesk.norms.calculators.registry import CALCULATORS, calculate
from casedesk.norms.inputs import BadInput
from casedesk.norms.queries.current import current

WRONG_USE = 2


class Command(BaseCommand):
    """Exit 0 with the answer; exit 2 with `{"error", "code", "field"?}` when the input is wrong or a norm is not known."""

    help = "Юридический расчёт: " + ", ".join(CALCULATORS)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("file", metavar="FILE.json", nargs="?")

    def handle(self, *, name: str, file: str | None, **options: Any) -> None:
        try:
            answer = calculate(name, self._read(file), current())
        except Refusal as refusal:
            self._print({"error": refusal.message, "code": refusal.code, **_field(refusal)})
            self.stderr.write(refusal.message)
            sys.exit(WRONG_USE)
        self._print(answer)

    def _read(self, file: str | None) -> Any:
        try:
            text = Path(file).read_text(encoding="utf-8-sig") if file else sys.stdin.read()
            return json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_repeats)
        except OSError as error:
            raise BadInput("FILE.json", file, f"файл не читается: {error.strerror}") from None
        except UnicodeDecodeError:
            raise BadInput("FILE.json", file, "файл должен быть в UTF-8") from None
        except json.JSONDecodeError as error:
            raise BadInput("(весь ввод)", None, f"это не JSON: строка {error.lineno}, знак {error.colno}") from None

    def _print(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def _field(refusal: Refusal) -> dict[str, Any]:
    field = refusal.facts.get("field")
    return {"field": field} if field else {}


def _no_constant(name: str) -> None:
    raise BadInput("(весь ввод)", name, "не число: нужна сумма или дата")


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise BadInput(key, None, "ключ повторяется: оставьте один")
        seen[key] = value
    return seen
