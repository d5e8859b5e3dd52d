"""What passes between the server and a check: a task one way; steps, and rows with problems as Arrow and JSON, the other."""

from __future__ import annotations

import json
import pickle
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.ipc

from lib.ingest.asks import Label, Questions
from lib.ingest.check import ROW_COLUMNS, ROW_TYPES, Checked
from lib.ingest.problems import PROBLEM_CODES
from lib.ingest.progress import Step
from lib.ingest.tabular import ROW, ROWS_AT_MOST, Parsed, Part
from lib.schema import TABLES, UPLOADED_TABLES, Problem

if TYPE_CHECKING:
    from lib.ingest.check import Reference

_WIDTH: Final = 8  # bytes of a length
_STEP, _DONE, _PARSED, _FAILED = b"s", b"d", b"t", b"f"
_SHORT: Final = 1000  # bytes of a step, and of a failure
_LONGEST: Final = 512 * 1024 * 1024
_SEVERITIES: Final = {"error", "warning"}


class BrokenAnswerError(ValueError):
    """An answer that no check gives."""


@dataclass(frozen=True)
class Failure:
    """What ended a check that was not ended from outside: the name of an exception."""

    name: str


@dataclass(frozen=True)
class Task:
    """A file of figures, the tables to read it with, and whatever else `check_file` takes; without them `parse_tables`."""

    raw: bytes
    reference: Reference | None
    form: dict[str, Any]


def send_task(stream: IO[bytes], task: Task) -> None:
    """Hand a task down, from the server to its own process."""
    _write(stream, pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL))


def receive_task(stream: IO[bytes]) -> Task | None:
    """Take a task; None if the server is gone."""
    try:
        task = pickle.loads(_read(stream, _LONGEST))  # noqa: S301 - from the server that started us, never the other way
    except BrokenAnswerError:
        return None
    return task if isinstance(task, Task) else None


def send_step(stream: IO[bytes], step: Step) -> None:
    """Tell a step."""
    stream.write(_STEP)
    _write(stream, json.dumps(asdict(step)).encode())


def send_failure(stream: IO[bytes], failure: Failure) -> None:
    """Tell what ended the check."""
    stream.write(_FAILED)
    _write(stream, json.dumps(failure.name[:100]).encode())


def send_checked(stream: IO[bytes], checked: Checked) -> None:
    """Hand the outcome up."""
    rows = pa.Table.from_pandas(checked.rows, preserve_index=False, nthreads=1)
    told = [vars(problem) for problem in checked.problems]
    questions = {**asdict(checked.questions), "taken": sorted(checked.questions.taken)}
    kept = {"encoding": checked.encoding, "separator": checked.separator, "questions": questions}
    text = json.dumps({"problems": told, **kept}).encode()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows)
    stream.write(_DONE)
    _write(stream, text)
    _write(stream, sink.getvalue())


def send_parsed(stream: IO[bytes], parsed: Parsed) -> None:
    """Hand the rows for the tables up."""
    parts = [{"table": part.table, "cells": part.rows.to_dict("list")} for part in parsed.parts]
    told = [vars(problem) for problem in parsed.problems]
    stream.write(_PARSED)
    said = {"parts": parts, "problems": told, "encoding": parsed.encoding, "known": parsed.known}
    _write(stream, json.dumps(said).encode())


def receive(stream: IO[bytes]) -> Step | Failure | Checked | Parsed:
    """Take the next answer. Raises BrokenAnswerError for one that no check gives, and where the process has ended."""
    kind = stream.read(1)
    try:
        if kind == _STEP:
            return _read_step(json.loads(_read(stream, _SHORT)))
        if kind == _FAILED:
            return Failure(str(json.loads(_read(stream, _SHORT))))
        if kind == _DONE:
            return _read_checked(json.loads(_read(stream, _LONGEST)), _read(stream, _LONGEST))
        if kind == _PARSED:
            return _read_parsed(json.loads(_read(stream, _LONGEST)))
    except (AttributeError, ValueError, TypeError, KeyError, pa.ArrowException) as error:
        raise BrokenAnswerError(type(error).__name__) from error
    raise BrokenAnswerError("end")


def _write(stream: IO[bytes], body: Any) -> None:  # noqa: ANN401 - bytes, or a buffer of Arrow
    """A length and so many bytes."""
    stream.write(len(body).to_bytes(_WIDTH))
    stream.write(body)
    stream.flush()


def _read(stream: IO[bytes], limit: int) -> bytes:
    """Bytes as long as they say they are."""
    length = int.from_bytes(stream.read(_WIDTH))
    body = stream.read(length) if 0 < length <= limit else b""
    if not body or len(body) != length:
        raise BrokenAnswerError("length")
    return body


def _read_step(told: dict[str, Any]) -> Step:
    """A step, its numbers within their bounds."""
    share = min(1.0, max(0.0, float(told["share"])))
    return Step(share, str(told["stage"]), int(told["done"]), int(told["of"]))


def _read_checked(told: dict[str, Any], body: bytes) -> Checked:
    """The outcome, every column and problem as the schema has it."""
    with pa.ipc.open_stream(pa.py_buffer(body)) as reader:
        table = reader.read_all()
    table.validate(full=True)
    if table.column_names != list(ROW_COLUMNS):
        raise BrokenAnswerError("columns")
    rows = table.replace_schema_metadata(None).to_pandas().astype(ROW_TYPES)
    problems = [_read_problem(item) for item in told["problems"]]
    return Checked(rows, problems, str(told["encoding"]), str(told["separator"]), _read_questions(told["questions"]))


def _read_parsed(told: dict[str, Any]) -> Parsed:
    """Rows for the tables, every column and problem as the schema has it."""
    parts = tuple(_read_part(str(item["table"]), item["cells"]) for item in told["parts"])
    problems = [_read_problem(item) for item in told["problems"]]
    return Parsed(parts, problems, str(told["encoding"]), _texts(told["known"]))


def _read_part(table: str, cells: dict[str, list[Any]]) -> Part:
    """The rows for one table, text but for their lines."""
    columns = TABLES[table] if table in UPLOADED_TABLES else ()
    lengths = {len(column) for column in cells.values()}
    if set(cells) != {*columns, ROW} or len(lengths) != 1 or max(lengths) > ROWS_AT_MOST:
        raise BrokenAnswerError("columns")
    texts = {name: pd.Series(_texts(cells[name]), dtype="str") for name in columns}
    return Part(table, pd.DataFrame({**texts, ROW: [int(line) for line in cells[ROW]]}))


def _read_questions(told: dict[str, Any]) -> Questions:
    """What the file leaves to be told, every part a text or a number."""
    return Questions(
        headers=_texts(told["headers"]),
        taken=frozenset(_texts(told["taken"])),
        unknown={str(heading): _texts(cells) for heading, cells in told["unknown"].items()},
        labels=tuple(
            Label(str(item["kind"]), str(item["text"]), int(item["count"]), _texts(item["choices"]))
            for item in told["labels"]
        ),
        lacking=_texts(told["lacking"]),
        units=_texts(told["units"]),
        wide=bool(told["wide"]),
    )


def _texts(told: list[str]) -> tuple[str, ...]:
    return tuple(map(str, told))


def _read_problem(told: dict[str, Any]) -> Problem:
    """A problem of a listed code with the hints listed for it."""
    hint = {str(key): str(text) for key, text in told["hint"].items()}
    texts = {name: str(told[name]) for name in ("code", "column", "value", "severity", "fix")}
    if set(hint) != set(PROBLEM_CODES[texts["code"]]) or texts["severity"] not in _SEVERITIES:
        raise BrokenAnswerError("problem")
    return Problem(row=int(told["row"]), hint=hint, **texts)
