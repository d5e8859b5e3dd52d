"""What comes back from a process that has read a stranger's bytes is believed only where it has the form of an outcome."""

from __future__ import annotations

import io
import json
import pickle
from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from lib.ingest.check import Checked, build_rows, check_file
from lib.ingest.problems import problem
from lib.ingest.progress import Step
from lib.ingest.tabular import parse_tables
from lib.sandbox.wire import BrokenAnswerError, Failure, receive, send_checked, send_failure, send_parsed, send_step

OUTCOME = Checked(build_rows([]), [problem("file_empty")], "", "")


def sent(send, *told):
    """What is written to the pipe."""
    stream = io.BytesIO()
    send(stream, *told)
    return stream.getvalue()


def answer(kind, *bodies):
    """An answer made by hand."""
    return kind + b"".join(len(body).to_bytes(8) + body for body in bodies)


def arrow(table):
    """A table as bytes."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def test_each_kind_of_answer_arrives():
    """A step, a failure and an outcome come back as they were sent, one after the other."""
    step, failure = Step(0.5, "checking", 5, 10), Failure("ValueError")
    stream = io.BytesIO(sent(send_step, step) + sent(send_failure, failure) + sent(send_checked, OUTCOME))
    assert receive(stream) == step
    assert receive(stream) == failure
    outcome = receive(stream)
    assert outcome.problems == OUTCOME.problems
    assert outcome.rows.dtypes.equals(OUTCOME.rows.dtypes)


@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.soak)])
def test_the_outcome_of_every_tiny_file_arrives_as_it_was(ROOT, tables_read, step):
    """Rows, their types and order, problems, encoding and separator, for text and workbooks, accepted and refused."""
    files = [path for path in sorted((ROOT / "tests/files").rglob("*")) if path.is_file()]
    assert len(files) > 100
    for path in files[::step]:
        here = check_file(path.read_bytes(), tables_read, today=date(2026, 11, 22))
        there = receive(io.BytesIO(sent(send_checked, here)))
        pd.testing.assert_frame_equal(there.rows, here.rows)
        assert (there.problems, there.encoding, there.separator) == (here.problems, here.encoding, here.separator)


def test_rows_for_the_tables_arrive_as_they_were():
    """Every cell as text, the lines as numbers; what no table has is no answer."""
    here = parse_tables(b"target,relation,other,note_zh,note_en\nA,repeats,B,\xe6\xb3\xa8,made-up\n")
    there = receive(io.BytesIO(sent(send_parsed, here)))
    pd.testing.assert_frame_equal(there.parts[0].rows, here.parts[0].rows)
    assert (there.known, there.encoding, there.problems) == (here.known, here.encoding, here.problems)
    for spoilt in (
        {"table": "headers", "cells": {"column": ["a"], "alias": ["b"], "row": [1]}},
        {"table": "relations", "cells": {"target": ["A"], "row": [2]}},
        {"table": "relations", "cells": None},
    ):
        told = {"parts": [spoilt], "problems": [], "encoding": "", "known": []}
        with pytest.raises(BrokenAnswerError):
            receive(io.BytesIO(answer(b"t", json.dumps(told).encode())))


TOLD = {"problems": [], "encoding": "", "separator": ""}
ROWS = arrow(pa.Table.from_pandas(OUTCOME.rows, preserve_index=False))
UNLISTED = {"code": "no_such", "row": 0, "column": "", "value": "", "hint": {}, "severity": "error", "fix": ""}
BROKEN = {
    "nothing": b"",
    "another kind": answer(b"x", b"1"),
    "an object": answer(b"d", pickle.dumps(OUTCOME), ROWS),
    "a length without end": b"d" + (2**62).to_bytes(8),
    "a length beyond what comes": b"s" + (500).to_bytes(8) + b"{}",
    "no JSON": answer(b"s", b"\xff"),
    "a step without share": answer(b"s", b"{}"),
    "a share that is a text": answer(b"s", b'{"share": "x", "stage": "", "done": 0, "of": 0}'),
    "no Arrow": answer(b"d", json.dumps(TOLD).encode(), b"not a table"),
    "another table": answer(b"d", json.dumps(TOLD).encode(), arrow(pa.table({"a": [1]}))),
    "a list for an outcome": answer(b"d", b"[]", ROWS),
    "an unlisted problem": answer(b"d", json.dumps(TOLD | {"problems": [UNLISTED]}).encode(), ROWS),
    "a hint that is none": answer(
        b"d", json.dumps(TOLD | {"problems": [UNLISTED | {"code": "no_rows", "hint": {"a": "b"}}]}).encode(), ROWS
    ),
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_what_no_check_answers_is_refused(raw):
    """Anything else is one error, whatever is in it."""
    with pytest.raises(BrokenAnswerError):
        receive(io.BytesIO(raw))


@pytest.mark.parametrize("cut", [1, 5, 9, 40, 100])
def test_an_answer_cut_short_is_refused(cut):
    """As when the process ends while it speaks."""
    with pytest.raises(BrokenAnswerError):
        receive(io.BytesIO(sent(send_checked, OUTCOME)[:-cut]))
