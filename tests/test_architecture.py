"""The house rules that a machine can check: who may import whom, and what a module looks like."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("server_app", "client_app", "shared", "certs", "scripts", "server.py", "client.py")
"""What is run; the rest tests or measures it."""
FOLDERS = ("server_app", "client_app", "shared", "certs", "scripts", "tests", "benchmarks", "docs")

NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
MAX_LINES = 300
MAX_TEST_LINES = 500
"""A file of tests is a list; nobody has to hold all of it in mind."""
MAX_FUNCTION_LINES = 50

SOCKETS = {"socket", "selectors"}
SOCKET_PLACES = {
    "server_app/net": "the only place of the server with sockets to the network",
    "server_app/admin/local_socket.py": "a socket in the file system, for the owner of the machine alone",
    "client_app/core/network/dial.py": "reaches a server",
    "client_app/core/network/wire.py": "waits for the server and for the wake-up at once",
    "client_app/desktop/toolkit/waker.py": "a pair that wakes Tk; nothing goes to the network",
    "client_app/desktop/stopping.py": "a pair by which a signal wakes Tk; nothing goes to the network",
    "client_app/core/account/device.py": "asks what this computer is called",
    "certs/gen_certs.py": "asks what this computer is called",
}
SQL_PLACES = ("server_app/storage", "client_app/core/store/")
SQL_TYPES = {"Connection", "Engine", "SQLAlchemyError"}
"""What may be handed on outside of storage, without saying anything to it."""
BROAD_EXCEPTIONS = {"Exception", "BaseException"}
BROAD_PLACES = {
    "server_app/session.py": "a request must not end the thread of many connections",
    "server_app/dispatch.py": "a reply that cannot be made must not end the thread of many connections",
    "server_app/tasks.py": "a job must not end the thread that does all jobs",
    "server_app/errands.py": "an errand must not end the thread that does all jobs",
    "server_app/pools.py": "a task must not end the thread that does many",
    "server_app/housekeeper.py": "a duty must not end the thread that does all of them",
    "server_app/sweeper.py": "a folder that cannot be looked through must not end the thread that looks at all",
    "server_app/pictures/__main__.py": "no picture must end the process that looks at all of them",
    "server_app/storage/writer.py": "nothing may end the one thread that writes",
    "client_app/desktop/emoji/drawer.py": "one emoji must not take those with it that are drawn together",
    "client_app/desktop/pictures/cutting.py": "what a hostile file makes of a decoder can be anything",
    "client_app/desktop/toolkit/workers.py": "a job must not end the thread that does many",
    "client_app/desktop/highlights.py": "a lexer of many may fail on what somebody wrote, which has no colours then",
    "client_app/desktop/app.py": "a turn of the window, or Tk's callback, must not end the window",
}


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of the repository by its path, parsed."""
    files = [*ROOT.glob("*.py"), *(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py"))]
    paths = sorted(file.relative_to(ROOT).as_posix() for file in files)
    return {path: ast.parse((ROOT / path).read_text("utf-8"), path) for path in paths}


def program() -> dict[str, ast.Module]:
    return {path: tree for path, tree in sources().items() if path.startswith(PROGRAM)}


def imports(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """Each module that is imported, and the names taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, set()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or "", {alias.name for alias in node.names}


def test_imports_go_down_only() -> None:
    # In a process of its own: it switches off every logger that there is.
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    linted = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


def test_there_are_no_import_cycles() -> None:
    import grimp

    graph = grimp.build_graph("server_app", "client_app", "shared", exclude_type_checking_imports=True, cache_dir=None)
    below = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    while leaves := {module for module, imported in below.items() if not imported & below.keys()}:
        for module in leaves:
            del below[module]
    assert sorted(below) == []


def test_every_module_begins_with_one_sentence_that_captions_it() -> None:
    """Packages without any content need none."""
    bad = []
    for path, tree in sources().items():
        caption = (ast.get_docstring(tree) or "").split("\n\n")[0]
        if tree.body and not re.fullmatch(r"[^a-z].*[.:?)`\]]", caption, re.DOTALL):
            bad.append(path)
    assert bad == []


def test_names_of_modules_say_what_is_in_them() -> None:
    assert [path for path in sources() if Path(path).stem in NAMELESS] == []


def test_no_module_is_longer_than_can_be_held_in_mind() -> None:
    lengths = {path: (ROOT / path).read_text("utf-8").count("\n") for path in sources()}
    too_long = {
        path: lines
        for path, lines in lengths.items()
        if lines > (MAX_TEST_LINES if path.startswith("tests/") else MAX_LINES)
    }
    assert too_long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path}: {node.name}"
        for path, tree in program().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION_LINES
    ]
    assert long == []


def test_only_a_few_places_know_of_sockets() -> None:
    knowing = [path for path, tree in program().items() if any(module in SOCKETS for module, _ in imports(tree))]
    assert [path for path in knowing if not path.startswith(tuple(SOCKET_PLACES))] == []


def test_sql_is_spoken_in_storage_alone() -> None:
    speaking = [
        path
        for path, tree in program().items()
        for module, names in imports(tree)
        if module == "sqlite3" or (module.partition(".")[0] == "sqlalchemy" and not names <= SQL_TYPES)
    ]
    assert sorted({path for path in speaking if not path.startswith(SQL_PLACES)}) == []


def test_tests_wait_for_conditions_and_never_for_a_clock() -> None:
    """The one sleep that is allowed is the pause between two looks at a condition."""
    sleeping = [
        f"{path}:{node.lineno}"
        for path, tree in sources().items()
        if path.startswith("tests/")
        for node in calls_outside_of_loops(tree)
        if ast.unparse(node.func) in {"time.sleep", "sleep"}
    ]
    assert sleeping == []


def calls_outside_of_loops(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call that is not made again and again until something is so."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Call):
            yield child
        if not isinstance(child, ast.While):
            yield from calls_outside_of_loops(child)


def test_the_unexpected_is_caught_in_the_planned_places_alone() -> None:
    broad = [
        f"{path}:{node.lineno}"
        for path, tree in program().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        if node.type is None or getattr(node.type, "id", "") in BROAD_EXCEPTIONS
    ]
    assert [place for place in broad if place.partition(":")[0] not in BROAD_PLACES] == []


def test_every_silenced_check_says_why() -> None:
    silent = [
        f"{path}:{number}"
        for path in sources()
        for number, line in enumerate((ROOT / path).read_text("utf-8").splitlines(), 1)
        if re.search(r"#\s*(noqa|nosec|type:\s*ignore)[^#(–-]*$", line)
    ]
    assert silent == []


@pytest.mark.parametrize("place", sorted(SOCKET_PLACES))
def test_the_list_of_places_with_sockets_is_not_longer_than_needed(place: str) -> None:
    assert [path for path in sources() if path.startswith(place)]
