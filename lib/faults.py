"""Word what is wrong with a file, with a table of the tracker, or with the tracker itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.words import shorten

if TYPE_CHECKING:
    from collections.abc import Callable

    from lib.i18n import Texts
    from lib.schema import DataError, Problem


def describe_problem(problem: Problem, texts: Texts) -> str:
    """A problem of a file in words: what, and what would be right."""
    holes = {"row": problem.row, "column": problem.column, "value": shorten(problem.value), **problem.hint}
    return texts(f"problem.{problem.code}", **holes)


def describe_table_problem(problem: Problem, texts: Texts) -> str:
    """A problem of the tracker's own tables in words: file, line and column, what is there, and what would be right."""
    table, column = problem.column.split(".", 1)
    fault = texts(f"table_problem.{problem.code}", value=shorten(problem.value))
    return texts("table_problem.place", table=f"{table}.csv", row=problem.row, column=column, fault=fault)


def describe_error(error: DataError, texts: Texts, write: Callable[[str], str] = str) -> str:
    """An error of the tracker itself in words; `write` makes what people or files wrote into it harmless."""
    return texts(f"error.{error.code}", **{name: write(part) for name, part in error.hint.items()})
