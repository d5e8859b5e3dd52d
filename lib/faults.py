"""Word what is wrong with a file, with a table of the tracker, or with the tracker itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.words import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.additions.review import Flaw
    from lib.i18n import Texts
    from lib.schema import DataError, Problem


def describe_problem(problem: Problem, texts: Texts) -> str:
    """A problem of a file in words: what, and what would be right."""
    holes = {"row": problem.row, "column": problem.column, "value": shorten(problem.value), **problem.hint}
    return texts(f"problem.{problem.code}", **holes)


def describe_table_problem(problem: Problem, texts: Texts) -> str:
    """A problem of the tracker's own tables in words: file, line and column, what is there, and what would be right."""
    table, column = problem.column.split(".", 1)
    fault = describe_fault(problem, texts)
    return texts("table_problem.place", table=f"{table}.csv", row=problem.row, column=column, fault=fault)


def describe_fault(problem: Problem, texts: Texts) -> str:
    """What is wrong with a cell of a table and what would be right, without its place."""
    told = "".join(f"_{name}" for name in ("allowed", "home") if name in problem.hint)
    holes = {"value": shorten(problem.value), **problem.hint}
    return texts(f"table_problem.{problem.code}{told}", **holes)


def describe_flaw(flaw: Flaw, texts: Texts) -> str:
    """What is wrong with rows sent for the tables, without the place, which a table of problems shows beside it."""
    return describe_fault(flaw.problem, texts) if flaw.table else describe_problem(flaw.problem, texts)


def describe_error(error: DataError, texts: Texts, write: Callable[[str], str] = str) -> str:
    """An error of the tracker itself in words; `write` makes what people or files wrote into it harmless."""
    return texts(f"error.{error.code}", **{name: write(part) for name, part in error.hint.items()})
