"""The shape of the code: which room may import which, how long things may be, what rules may know. Read from the source."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("casedesk", "debtors", "enforcement", "imports")

GROUND = 0
FLOORS = {
    "casedesk.common": GROUND,
    "casedesk.access": GROUND,
    "casedesk.norms": GROUND,
    "casedesk.documents": GROUND,
    "casedesk.town": GROUND,
    "debtors": 1,
    "enforcement": 2,
    "imports": 3,
    "casedesk.commission": 3,
    "casedesk.plans": 4,
    "casedesk.desk": 5,
    "casedesk.api": 5,
}
PROJECT = {"casedesk", "casedesk.settings", "casedesk.urls", "casedesk.wsgi", "casedesk.asgi", "casedesk.celery"}
"""Modules of the project itself: they name everything, and only they are named by nobody but the framework."""

INSIDE = ["rules", "models", "queries", "states", "actions", "web"]
"""Folders of an app, lower first: each imports only those before it. `api` stands beside `web`."""
RANK = {name: rank for rank, name in enumerate(INSIDE)} | {"api": len(INSIDE) - 1}

MAX_FILE, MAX_FUNCTION = 500, 60


def sources() -> list[Path]:
    return sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    """`casedesk.access.models` -> `casedesk.access`; None for the project's own modules."""
    if module in PROJECT:
        return None
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "casedesk" else parts[0]


MODULES = {module_of(path): path for path in sources()}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_ours(module: str | None) -> bool:
    return bool(module) and module.split(".")[0] in APPS


def imported_by(node: ast.AST) -> Iterator[str]:
    """Modules that one import statement names; a name that is itself a module counts as that module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            yield inner if inner in MODULES else node.module


def our_imports(module: str) -> set[str]:
    found = {name for node in ast.walk(tree_of(MODULES[module])) for name in imported_by(node)}
    return {name for name in found if is_ours(name)} - {module}


def test_no_room_imports_a_higher_one():
    wrong = []
    for module in MODULES:
        room = room_of(module)
        for other in our_imports(module) if room else ():
            theirs = room_of(other)
            if theirs in (None, room):
                continue
            allowed = FLOORS[theirs] < FLOORS[room] or FLOORS[theirs] == FLOORS[room] == GROUND
            if not allowed:
                wrong.append(f"{module} imports {other}")
    assert not wrong, "\n".join(wrong)


def test_every_room_stands_on_a_floor():
    assert {room_of(module) for module in MODULES} - {None} <= set(FLOORS)


def test_folders_of_an_app_import_downwards():
    wrong = []
    for module in MODULES:
        room, rank = room_of(module), rank_of(module)
        for other in our_imports(module) if rank is not None else ():
            theirs = rank_of(other)
            if room_of(other) == room and theirs is not None and theirs > rank:
                wrong.append(f"{module} imports {other}")
    assert not wrong, "\n".join(wrong)


def rank_of(module: str) -> int | None:
    room = room_of(module)
    if not room or module == room:
        return None
    return RANK.get(module[len(room) + 1 :].split(".")[0])


def test_no_import_cycle():
    graph = {module: our_imports(module) & set(MODULES) for module in MODULES}
    done, open_path = set(), []

    def walk(module: str) -> None:
        if module in done:
            return
        if module in open_path:
            raise AssertionError(" -> ".join([*open_path[open_path.index(module) :], module]))
        open_path.append(module)
        for other in sorted(graph[module]):
            walk(other)
        open_path.pop()
        done.add(module)

    for module in sorted(graph):
        walk(module)


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in MODULES.values():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_no_import_of_our_own_inside_a_function():
    wrong = [
        f"{path.relative_to(ROOT)}:{inner.lineno} {name}"
        for path, function in functions()
        for inner in ast.walk(function)
        for name in imported_by(inner)
        if is_ours(name)
    ]
    assert not wrong, "\n".join(wrong)


def knows_the_orm(module: str) -> list[str]:
    names = {name for node in ast.walk(tree_of(MODULES[module])) for name in imported_by(node)}
    with_models = {f"{room}.models" for room in FLOORS}
    return sorted(
        name
        for name in names
        if name.startswith("django.db") or any(name == m or name.startswith(f"{m}.") for m in with_models)
    )


NOT_PURE = {"models", "queries", "actions", "apps", "web", "api", "management"}


def is_pure(module: str) -> bool:
    """Every `rules/`, and the norms but for their table of added values and what reads or writes it."""
    parts = module.split(".")
    if "rules" in parts:
        return True
    return module.startswith("casedesk.norms.") and not NOT_PURE & set(parts)


def test_rules_and_norms_know_no_database():
    wrong = {module: knows_the_orm(module) for module in MODULES if is_pure(module)}
    # TextChoices are words, not tables: rules may name them.
    wrong = {module: names for module, names in wrong.items() if set(names) - {"django.db", "django.db.models"}}
    assert not wrong


def test_files_are_short():
    long = {str(path.relative_to(ROOT)): lines for path in MODULES.values() if (lines := line_count(path)) > MAX_FILE}
    assert not long


def line_count(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_functions_are_short():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {length}"
        for path, node in functions()
        if (length := node.end_lineno - node.lineno + 1) > MAX_FUNCTION
    ]
    assert not long, "\n".join(long)


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "raise NotImplementedError", "breakpoint()"])
def test_nothing_is_left_for_later(word):
    found = [str(path.relative_to(ROOT)) for path in MODULES.values() if re.search(rf"\b{re.escape(word)}", path.read_text())]
    assert not found


def test_no_signals_of_our_own():
    """Business rules do not hang on save(); the Celery worker's start is infrastructure."""
    exempt = {"casedesk.common.jobs.celery_worker"}
    names = ("django.db.models.signals", "django.dispatch")
    found = [
        module
        for module in set(MODULES) - exempt
        for node in ast.walk(tree_of(MODULES[module]))
        for name in imported_by(node)
        if name.startswith(names)
    ]
    assert not found
