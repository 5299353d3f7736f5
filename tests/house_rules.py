"""The house rules no tool knows: functions from sources to what breaks them. `test_house.py` applies them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "colibri"
MOST_LINES = 400
MOST_FUNCTION_LINES = 50
TEXT_SUFFIXES = {".py", ".html", ".css", ".js", ".ts", ".sh", ".txt"}
DRAWERS = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "stuff"}
WRITING = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
READING_FILES = {"views", "queries", "api"}
CLOCKS = {"perf_counter", "perf_counter_ns", "monotonic", "monotonic_ns", "process_time", "time_ns"}
QUERY_VERBS = {
    "filter",
    "exclude",
    "get",
    "annotate",
    "aggregate",
    "order_by",
    "values",
    "update",
    "create",
    "Q",
}
REQUEST_PARTS = {"GET", "POST", "COOKIES", "META", "headers", "body", "cleaned_data", "query_params"}


VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "request", "stream")
ROADS = {
    **{f"{library}.{verb}": "" for library in ("httpx", "requests") for verb in VERBS},
    **{f"urllib.request.{name}": "" for name in ("urlopen", "urlretrieve", "build_opener")},
    **{f"http.client.{name}": "" for name in ("HTTPConnection", "HTTPSConnection")},
    **{f"socket.{name}": "" for name in ("socket", "create_connection", "socketpair")},
    "asyncio.open_connection": "",
    "requests.Session": "",
    "smtplib.SMTP": "",
    "atproto_client.Client": "request",
    "atproto_client.request.Request": "transport",
    "httpx.AsyncClient": "transport",
    "httpx.Client": "transport",
    "mastodon.Mastodon": "session",
    "websockets.sync.client.connect": "sock",
}
"""What opens connections, each with the word by which it is handed one of ours; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file, by its place in the repository."""

    path: Path
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    def at(self, node: ast.stmt | ast.expr, words: str) -> str:
        return f"{self.path}:{node.lineno} {words}"


def files_of(*folders: str, suffixes: set[str] | None = None) -> list[Path]:
    """The text files of these folders of the repository, without migrations, data or what tools leave."""
    wanted = suffixes or TEXT_SUFFIXES
    skipped = {"migrations", "node_modules", "__pycache__", "data", "locale", "static"}
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in wanted and path.is_file() and not skipped & set(path.parts)
    )


def sources_of(*folders: str) -> list[Source]:
    """The Python files of these folders."""
    return [
        Source(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
        for path in files_of(*folders, suffixes={".py"})
    ]


def functions_in(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def called_name(call: ast.Call) -> str:
    """The last word of what is called: `filter` for `Appeal.objects.filter(...)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def long_file(path: Path, text: str) -> list[str]:
    """A file of more than 400 lines."""
    lines = len(text.splitlines())
    return [f"{path} has {lines} lines, at most {MOST_LINES}"] if lines > MOST_LINES else []


def long_functions(source: Source) -> list[str]:
    """Functions of more than 50 lines, docstring included."""
    return [
        source.at(function, f"{function.name} has {lines} lines, at most {MOST_FUNCTION_LINES}")
        for function in functions_in(source.tree)
        if (lines := (function.end_lineno or function.lineno) - function.lineno + 1) > MOST_FUNCTION_LINES
    ]


def drawer_names(source: Source) -> list[str]:
    """Files and folders named after nothing in particular."""
    words = {source.path.stem, *source.path.parent.parts} & DRAWERS
    return [f"{source.path} is a drawer: name what lives there, not '{word}'" for word in sorted(words)]


def request_in_query(source: Source) -> list[str]:
    """Keywords of a query expanded from what a request brings (CVE-2025-64459)."""
    return [
        source.at(call, "expands a request into the keywords of a query")
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and called_name(call) in QUERY_VERBS
        for keyword in call.keywords
        if keyword.arg is None and comes_from_request(keyword.value)
    ]


def comes_from_request(value: ast.expr) -> bool:
    """Does the expression speak of a request or of one of its parts?"""
    return any(
        (isinstance(node, ast.Name) and node.id == "request")
        or (isinstance(node, ast.Attribute) and node.attr in REQUEST_PARTS)
        for node in ast.walk(value)
    )


def roads_of_their_own(source: Source) -> list[str]:
    """Calls that would open a connection without the guard."""
    tree = source.tree
    names = imported_names(tree)
    return [
        source.at(call, f"{road} finds a way of its own: hand it the guard's")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and (road := whole_name(call.func, names)) in ROADS
        and ROADS[road] not in {keyword.arg for keyword in call.keywords}
    ]


def imported_names(tree: ast.AST) -> dict[str, str]:
    """What each name of a file is called where it comes from; a class that inherits goes by its parent's."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.asname: one.name for one in node.names if one.asname}
        elif isinstance(node, ast.ImportFrom):
            names |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for parent in (whole_name(base, names) for base in node.bases):
                names[node.name] = parent
    return names


def whole_name(node: ast.expr, names: dict[str, str]) -> str:
    """`httpx.Client` for `Client(...)` after `from httpx import Client`."""
    first, dot, rest = ast.unparse(node).partition(".")
    return f"{names.get(first, first)}{dot}{rest}"


def writes_outside_actions(source: Source) -> list[str]:
    """Rows written by a file that only shows or reads them; actions are the only code that writes."""
    if not READING_FILES & {source.path.stem, *source.path.parent.parts}:
        return []
    return [
        source.at(node, f"calls {called_name(node)}(): only actions write")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and called_name(node) in WRITING
        and not (isinstance(node.func.value, ast.Name) and node.func.value.id in {"actions", "cache"})
    ]


def asserted_clocks(source: Source) -> list[str]:
    """Assertions on how long something took: they fail on a busy machine and prove nothing on an idle one."""
    found: dict[int, str] = {}
    for function in functions_in(source.tree):
        timed: set[str] = set()
        for statement in ast.walk(function):
            if isinstance(statement, ast.Assign) and speaks_of_time(statement.value, timed):
                timed |= {name.id for target in statement.targets for name in names_in(target)}
        for statement in ast.walk(function):
            if isinstance(statement, ast.Assert) and speaks_of_time(statement.test, timed):
                found[statement.lineno] = source.at(statement, "asserts a time measured by the clock")
    return list(found.values())


def names_in(node: ast.AST) -> list[ast.Name]:
    return [child for child in ast.walk(node) if isinstance(child, ast.Name)]


def speaks_of_time(expression: ast.expr, timed: set[str]) -> bool:
    """Is it computed from a clock, or from a name that was?"""
    return any(name.id in timed for name in names_in(expression)) or any(
        isinstance(node, ast.Call) and called_name(node) in CLOCKS for node in ast.walk(expression)
    )


def tests_that_prove_nothing(source: Source) -> list[str]:
    """Tests that neither assert, nor expect an error, nor call what does: one of their file, or a check."""
    functions = {function.name: function for function in functions_in(source.tree)}
    proving = {name for name, function in functions.items() if proves(function, set())}
    return [
        source.at(function, f"{name} asserts nothing")
        for name, function in functions.items()
        if name.startswith("test_") and name not in proving and not proves(function, proving)
    ]


def proves(function: ast.AST, proving: set[str]) -> bool:
    """Does it hold an assertion or call what does?"""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = called_name(node)
            if name in {"raises", "warns", "fail"} | proving or name.startswith(("assert", "check")):
                return True
    return False


def settings_read(sources: list[Source]) -> set[str]:
    """The names of all environment variables the code asks for."""
    return {
        node.value
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"COLIBRI_[A-Z0-9_]*", node.value)
    }


def settings_documented(page: str) -> set[str]:
    """The names of all environment variables a page of the guide explains."""
    return set(re.findall(r"COLIBRI_[A-Z0-9_]+", page))


def template_names(folder: Path) -> dict[str, Path]:
    """Templates by the name Django knows them under."""
    return {
        path.relative_to(parent).as_posix(): path
        for parent in folder.glob("*/templates")
        for path in sorted(parent.rglob("*"))
        if path.is_file()
    }


def unused_templates(templates: dict[str, Path], texts: dict[Path, str], packages: list[Path]) -> list[str]:
    """Templates nobody names: no other file of ours, and no installed package that one of them replaces.

    A mail is named once, without what makes it subject, text or HTML; Django names its error pages itself.
    """
    errors = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    unused = []
    for name, path in templates.items():
        stem = name.rsplit(".", 1)[0].removesuffix(".subject")
        quoted = [f'"{word}"' for word in (name, stem)] + [f"'{word}'" for word in (name, stem)]
        if name in errors or any(
            word in text for other, text in texts.items() if other != path for word in quoted
        ):
            continue
        if any(any((package / "templates").glob(f"{stem}.*")) for package in packages):
            continue
        unused.append(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path} is used by nothing")
    return unused
