"""Workbooks whose bytes depend on nothing but their content."""

import datetime as dt

BOOK_OPTIONS = {"constant_memory": True, "strings_to_numbers": False}


def stamp(book, company: str) -> None:
    """Give the workbook a fixed birthday: the writer would otherwise put the clock into it."""
    book.set_properties({"author": "Бухгалтер", "company": company, "created": dt.datetime(2026, 1, 1)})  # noqa: DTZ001
