"""`manage.py match_purpose [FILE.csv]`: read payment purposes and print what each of them names, as JSON."""

import csv
import io
import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand

from imports.matching import purpose


class Command(BaseCommand):
    help = "Reads payment purposes (a column `purpose`, or one per line) and prints a JSON list of what each one names."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", nargs="?", help="CSV with a column purpose, or text with one purpose per line; default: stdin"
        )

    def handle(self, *, file=None, **options):
        try:
            raw = Path(file).read_bytes() if file else sys.stdin.buffer.read()
            text = raw.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self.stderr.write(f"{file or 'stdin'}: не читается как UTF-8 ({error}). Сохраните файл в UTF-8.")
            sys.exit(1)
        self.stdout.write(json.dumps([asdict(purpose.read(line)) for line in purposes(text)], ensure_ascii=False))


def purposes(text: str) -> list[str]:
    """Purposes of a file: the column `purpose` when the first row names it, else every line."""
    first = text.partition("\n")[0]
    for delimiter in (",", ";", "\t"):
        header = next(csv.reader([first], delimiter=delimiter), [])
        if "purpose" in [name.strip() for name in header]:
            return [row.get("purpose") or "" for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)]
    return text.splitlines()
