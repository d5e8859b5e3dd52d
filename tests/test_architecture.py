"""The rules of the house, read from the source with `ast`: who imports whom, who touches disk, clock and browser."""

from __future__ import annotations

import ast
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RANKS = (
    {"schema", "clock", "watch"},
    {"periods", "access"},
    {"store", "ingest", "tables"},
    {"sandbox"},
    {"series", "intake", "trail", "differences", "plans", "health"},
    {"zones", "additions"},
    {"verdict"},
    {"formats", "i18n"},
    {"words"},
    {"explain", "faults"},
    {"summary"},
    {"theme"},  # beside charts and export in the house, one step below them here: both may use it
    {"charts"},
    {"export"},
    {"commands"},  # beside views in the house, one step below them here: the entry point stands above both
    {"views"},
)
RANK = {room: rank for rank, rooms in enumerate(RANKS) for room in rooms}
MAY_DRAW = {"charts", "theme", "export"}
MAY_OPEN_FILES = {"store", "tables", "i18n", "export", "commands", "__main__"}
PURE = {"verdict", "series", "zones", "ingest", "differences"}
FILE_CALLS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "rmtree"}
READER_CALLS = {"read_csv", "read_excel", "read_parquet", "read_feather", "read_json", "read_table"}
CLOCK_OWNERS = {"datetime", "date", "dt", "Timestamp"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """One of our files: its dotted name ("lib.verdict.pace", "pages.upload", "dashboard") and its text."""

    name: str
    text: str

    @property
    def room(self) -> str:
        """The first name below `lib`; "" for pages and the entry point."""
        parts = self.name.split(".")
        return parts[1] if parts[0] == "lib" and len(parts) > 1 else ""

    @property
    def is_page(self) -> bool:
        """Whether Streamlit runs the file as a page."""
        return not self.name.startswith("lib")

    @property
    def nodes(self) -> list[ast.AST]:
        """Every node of the syntax tree."""
        return list(ast.walk(ast.parse(self.text)))

    @property
    def imports(self) -> set[str]:
        """Dotted names of all that is imported; `from lib import x` counts as lib.x."""
        found: set[str] = set()
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {self._origin(node, alias.name) for alias in node.names}
        return found

    def _origin(self, node: ast.ImportFrom, name: str) -> str:
        """The module an `import from` reaches, a relative one resolved."""
        above = self.name.split(".")[: -node.level] if node.level else []
        module = ".".join([*above, *([node.module] if node.module else [])])
        return f"{module}.{name}" if module == "lib" else module


def ours() -> list[Source]:
    """The entry point, the pages and the package, as far as they exist."""
    paths = [ROOT / "dashboard.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "lib").rglob("*.py"))]
    return [Source(_dotted(path), path.read_text(encoding="utf-8")) for path in paths if path.exists()]


def _dotted(path: Path) -> str:
    """A path's dotted name below the project."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def call_name(node: ast.AST) -> str:
    """The last name of what is called ("read_csv" for pd.read_csv(x)); "" for anything but a call."""
    called = node.func if isinstance(node, ast.Call) else None
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from `def` to its end, its docstring left out."""
    docstring = ast.get_docstring(function, clean=False)
    return (function.end_lineno or 0) - function.lineno + 1 - (docstring.count("\n") + 1 if docstring else 0)


def upward_imports(source: Source) -> list[str]:
    """Imports that go up or sideways, and rooms of `lib` that stand in no rank."""
    here = {"__main__": RANK["views"], "__init__": -1, "": len(RANKS)}.get(source.room, RANK.get(source.room))
    if here is None:
        return [f"{source.room} has no rank"]
    rooms = {name.split(".")[1] for name in source.imports if name.startswith("lib.")}
    wrong = {room for room in rooms - {source.room} if RANK.get(room, len(RANKS)) >= here}
    closed = {"dashboard", "pages", "lib.__main__"}
    commands = rooms & {"commands"} if source.room not in {"__main__", "commands"} else set()
    return sorted(wrong | commands | (source.imports & closed))


def foreign_tools(source: Source) -> list[str]:
    """Streamlit outside views and pages, plotly outside charts, theme and export."""
    tops = {name.split(".")[0] for name in source.imports}
    denied = set() if source.is_page or source.room == "views" else {"streamlit"}
    return sorted(tops & (denied if source.room in MAY_DRAW else denied | {"plotly", "kaleido"}))


def file_calls(source: Source) -> list[str]:
    """Calls that touch the disk; bytes in memory are free, and so is a script shipped beside its module."""
    if source.room in MAY_OPEN_FILES:
        return []
    calls = [node for node in source.nodes if isinstance(node, ast.Call) and "__file__" not in ast.unparse(node.func)]
    from_disk = [call for call in calls if not call.args or call_name(call.args[0]) not in {"BytesIO", "StringIO"}]
    opened = {call_name(call) for call in calls} & FILE_CALLS
    return sorted(opened | {call_name(call) for call in from_disk} & READER_CALLS)


def clock_reads(source: Source) -> list[str]:
    """Uses of the clock or the environment in the rooms that must give the same answer for the same input."""
    if source.room not in PURE:
        return []
    used = [node for node in source.nodes if isinstance(node, ast.Attribute)]
    clocks = {
        ast.unparse(node)
        for node in used
        if node.attr in {"now", "today", "utcnow"} and ast.unparse(node.value).split(".")[-1] in CLOCK_OWNERS
    }
    environment = {ast.unparse(node) for node in used if node.attr in {"environ", "getenv"}}
    return sorted(clocks | environment | source.imports & {"time", "os"})


def page_excess(source: Source) -> list[str]:
    """What a page holds beyond open, load, ask, show."""
    if not source.is_page:
        return []
    allowed = {"__future__", "streamlit", "lib.views"}
    strangers = {name for name in source.imports if name not in allowed and not name.startswith("lib.views.")}
    defined = {type(node).__name__ for node in source.nodes if isinstance(node, (*FUNCTIONS, ast.Lambda, ast.ClassDef))}
    return sorted(strangers | defined) + (["60 lines or more"] if len(source.text.splitlines()) >= 60 else [])


def grown_rooms(source: Source) -> list[str]:
    """Files over 300 lines and functions over 40."""
    functions = [node for node in source.nodes if isinstance(node, FUNCTIONS)]
    long = [f"{function.name}: {body_lines(function)} lines" for function in functions if body_lines(function) > 40]
    lines = len(source.text.splitlines())
    return long + ([f"{lines} lines"] if lines > 300 else [])


def raw_html(source: Source) -> list[str]:
    """Ways past Streamlit's escaping: the unsafe_ switches, and in views .html() of anything but our style file."""
    switches = [word for word in ("unsafe_allow_html", "unsafe_allow_javascript") if word in source.text]
    knows_streamlit = source.is_page or source.room == "views"
    html = [node for node in source.nodes if knows_streamlit and call_name(node) == "html"]
    calls = [node for node in html if [ast.unparse(argument) for argument in node.args] != ["STYLE"]]
    return switches + [".html()"] * bool(calls)


def side_doors(source: Source) -> list[str]:
    """Tables that reach the page past `lib.views.table`."""
    knows_streamlit = (source.is_page or source.room == "views") and source.name != "lib.views.table"
    called = {call_name(node) for node in source.nodes} if knows_streamlit else set()
    return sorted(called & {"dataframe", "table", "data_editor"})


def cached_frames(source: Source) -> list[str]:
    """Cached functions that take a frame: a large one is hashed by a sample, so two can be taken for one."""
    wrong = []
    for function in (node for node in source.nodes if isinstance(node, FUNCTIONS)):
        decorators = " ".join(ast.unparse(decorator) for decorator in function.decorator_list)
        cached = "cache_data" in decorators or "cache_resource" in decorators
        if cached and "DataFrame" in ast.unparse(function.args):
            wrong.append(function.name)
    return wrong


RULES = {
    rule.__name__: rule
    for rule in (
        upward_imports,
        foreign_tools,
        file_calls,
        clock_reads,
        page_excess,
        grown_rooms,
        raw_html,
        side_doors,
        cached_frames,
    )
}
BREACHES = {
    "up": ("upward_imports", "lib.series", "from lib.verdict import judge"),
    "sideways": ("upward_imports", "lib.charts.bars", "from lib.export.image import save"),
    "up by the package": ("upward_imports", "lib.store.store", "from lib import views"),
    "up by a relative path": ("upward_imports", "lib.verdict.pace", "from ..views.shell import open_page"),
    "up inside a function": ("upward_imports", "lib.schema", "def f():\n    import lib.periods"),
    "command line to views": ("upward_imports", "lib.__main__", "import lib.views.shell"),
    "to the command line": ("upward_imports", "lib.views.cards", "from lib.__main__ import main"),
    "views to a command": ("upward_imports", "lib.views.cards", "from lib.commands.base import FAILED"),
    "command to views": ("upward_imports", "lib.commands.state", "import lib.views.shell"),
    "page to a command": ("upward_imports", "pages.regions", "from lib.commands.state import status"),
    "package that re-exports": ("upward_imports", "lib.__init__", "from lib.schema import Kind"),
    "room without a rank": ("upward_imports", "lib.helpers", ""),
    "streamlit in a chart": ("foreign_tools", "lib.charts.map", "import streamlit as st"),
    "plotly in a view": ("foreign_tools", "lib.views.panels", "import plotly.graph_objects as go"),
    "open": ("file_calls", "lib.series", "open('x')"),
    "path opened": ("file_calls", "lib.ingest.decode", "path.open()"),
    "read_csv of a path": ("file_calls", "lib.verdict", "pd.read_csv(path)"),
    "clock": ("clock_reads", "lib.verdict.pace", "now = datetime.now()"),
    "today handed on": ("clock_reads", "lib.series", "field(default_factory=datetime.date.today)"),
    "environment": ("clock_reads", "lib.ingest.values", "import os\nos.environ['A']"),
    "page with a stranger": ("page_excess", "pages.regions", "from lib.series import build"),
    "page with a function": ("page_excess", "dashboard", "show = lambda: 1"),
    "long page": ("page_excess", "pages.regions", "\n" * 60),
    "long file": ("grown_rooms", "lib.verdict.pace", "\n" * 301),
    "long function": ("grown_rooms", "lib.words", "def f():" + "\n    x = 1" * 40),
    "unsafe switch": ("raw_html", "lib.views.cards", "st.markdown(x, unsafe_allow_html=True)"),
    "html call": ("raw_html", "lib.views.cards", "column.html(x)"),
    "table past its door": ("side_doors", "lib.views.cards", "st.dataframe(frame)"),
    "table in a column": ("side_doors", "pages.regions", "left.table(frame)"),
    "cached frame": ("cached_frames", "lib.views.cached", "@st.cache_data(ttl=9)\ndef f(x: pd.DataFrame): ..."),
}
CLEAN = {
    "down, skipping ranks": ("upward_imports", "lib.views.cached", "from lib import store\nimport lib.schema"),
    "within one package": ("upward_imports", "lib.ingest.checks", "from lib.ingest.values import read"),
    "package that gathers its own": ("upward_imports", "lib.charts.__init__", "from .bars import draw"),
    "charts use the theme": ("upward_imports", "lib.charts.map", "from lib.theme import COLOURS"),
    "export uses the theme": ("upward_imports", "lib.export.page", "from lib.theme import COLOURS"),
    "command line to its commands": ("upward_imports", "lib.__main__", "from lib.commands.state import status"),
    "command line goes far": ("upward_imports", "lib.__main__", "from lib.export import bundle"),
    "bytes in memory": ("file_calls", "lib.ingest.decode", "pd.read_csv(io.BytesIO(data))"),
    "own script": ("file_calls", "lib.views.download", "Path(__file__).with_suffix('.js').read_text()"),
    "the date an argument": ("clock_reads", "lib.verdict.pace", "from datetime import date\nf(as_of.today)"),
    "text escaped": ("raw_html", "lib.export.page", "import html\nhtml.escape(x)"),
    "our own style": ("raw_html", "lib.views.shell", "st.html(STYLE)"),
    "docstring not counted": ("grown_rooms", "lib.words", "def f():\n    '''" + "\n" * 60 + "'''"),
    "table by its door": ("side_doors", "lib.views.cards", "show_cells(frame)"),
    "the door itself": ("side_doors", "lib.views.table", "st.table(frame)"),
    "cached by name": ("cached_frames", "lib.views.cached", "@st.cache_data\ndef f(x: str) -> pd.DataFrame: ..."),
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_our_source_keeps_the_rule(rule):
    """No file of the dashboard, the pages or the package breaks a rule of the house."""
    wrong = {source.name: complaints for source in ours() if (complaints := rule(source))}
    assert not wrong


@pytest.mark.parametrize(("rule", "name", "text"), BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_is_noticed(rule, name, text):
    """Each rule complains about a file that breaks it: a rule that cannot fail guards nothing."""
    assert RULES[rule](Source(name, text))


@pytest.mark.parametrize(("rule", "name", "text"), CLEAN.values(), ids=CLEAN.keys())
def test_what_is_allowed_passes(rule, name, text):
    """No rule complains about what the house allows."""
    assert RULES[rule](Source(name, text)) == []


def test_no_test_folder_hides_the_package():
    """Tests hold no `__init__.py` and no folder `lib`: either would let `import lib` find the tests."""
    tests = ROOT / "tests"
    assert not [*tests.rglob("__init__.py"), *(path for path in tests.rglob("lib") if path.is_dir())]


def test_git_ignores_no_source():
    """No rule of .gitignore hides a source file or a shipped table from git, the linter and a fresh clone."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    kept = [
        path.relative_to(ROOT).as_posix()
        for folder in ("lib", "pages", "tests", "tools", "benchmarks", "data", ".ci", ".streamlit")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and path.name not in {"secrets.toml", "roles.csv"}
    ]
    received = ("data/actuals/store/", "data/actuals/raw/", "data/actuals/staging/", "data/actuals/layouts/")
    listed = "\0".join(["dashboard.py", *(path for path in kept if not path.startswith(received))])
    command = ["git", "-C", str(ROOT), "check-ignore", "--no-index", "-z", "--stdin"]
    answer = subprocess.run(command, input=listed, capture_output=True, text=True, encoding="utf-8", check=False)
    if answer.returncode == 128:
        pytest.skip("not a git work tree")
    assert answer.stdout.split("\0")[:-1] == []
