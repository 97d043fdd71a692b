"""The first line of every command and query asks whether the caller may: below the screens, so no route forgets it."""

import ast
from pathlib import Path

import fenghuo

DESK = Path(fenghuo.__file__).parent / "desk"


def rooms():
    for room in ("commands", "queries"):
        yield from DESK.glob(f"*/{room}.py")
        yield from DESK.glob(f"*/{room}/*.py")
        yield from DESK.glob(f"*/*/{room}.py")


def acts(path: Path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            names = [argument.arg for argument in node.args.args]
            if "caller" in names:
                yield node


def first_statement(function: ast.FunctionDef) -> ast.stmt:
    body = function.body
    documented = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return body[1] if documented else body[0]


PREDICATES = {
    "journal/commands.py: write",  # the pen itself: whoever holds it has been asked
    "warning/commands/answering.py: may_answer_for",
    "warning/commands/drafting.py: desk_area",
    "warning/commands/issuing.py: deliveries",  # a part of issuing and of escalation, each of which asks
    "inspection/queries.py: is_of_unit",
    "inspection/queries.py: has_rectified",
}
"""Functions that are told the caller, read nothing on its behalf and change nothing."""


def asks(function: ast.FunctionDef) -> bool:
    """`caller.must(…)`, or another command or query that is handed the caller and asks in its turn."""
    for node in ast.walk(first_statement(function)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("must", "may"):
            return getattr(node.func.value, "id", "") == "caller"
        if isinstance(node.func, ast.Name) and node.args and getattr(node.args[0], "id", "") == "caller":
            return True
    return False


def test_every_command_and_query_asks_first():
    found = {
        f"{path.relative_to(DESK)}: {function.name}": function for path in rooms() for function in acts(path)
    }
    assert len(found) > 80
    assert [name for name, function in found.items() if not asks(function) and name not in PREDICATES] == []
    assert set(found) >= PREDICATES
