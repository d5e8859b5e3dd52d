"""Checks in processes of their own: the same outcome, limits that hold, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from lib.ingest.check import check_file
from lib.sandbox.limits import Limits
from lib.sandbox.process import REUSED, Process
from lib.sandbox.wire import Task, receive, send_task

WORKBOOK = "as-they-come/workbook-several-sheets.xlsx"
HEADER = "region,indicator,period,value,unit,status,published,source\n"
GOOD = (HEADER + "210100,gdp,2024,9027.1,亿元,revised,2025-01-25,made up\n").encode()
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no limits of resources there")
FORKING = pytest.mark.skipif(not REUSED, reason="one file for each process there")


def many(count):
    """A made-up file of so many lines."""
    lines = "".join(f"210100,gdp,{1950 + at % 70},{at}.5,亿元,revised,2025-01-25,made up {at}\n" for at in range(count))
    return (HEADER + lines).encode()


def codes(checked):
    """The codes of all problems."""
    return [problem.code for problem in checked.problems]


@pytest.mark.parametrize("name", ["made-up/many-faults.csv", "made-up/gb18030.csv", WORKBOOK])
def test_a_file_has_the_outcome_it_has_here(ROOT, pool, check_in, tables_read, name):
    """Rows, their types, problems, encoding and separator come back as `check_file` gives them."""
    raw = (ROOT / "tests/files" / name).read_bytes()
    there, here = check_in(pool, raw), check_file(raw, tables_read, today=date(2026, 11, 22))
    pd.testing.assert_frame_equal(there.rows, here.rows)
    assert (there.problems, there.encoding, there.separator) == (here.problems, here.encoding, here.separator)


def test_whatever_a_check_takes_is_handed_on(pool, check_in):
    """The form's date and source, replaced cells and figures held reach the check."""
    raw = "region,indicator,period,value,unit\n210100,gdp,2024,９０２７,亿元\n".encode()
    known = check_in(pool, GOOD.replace(b"9027.1", b"8000")).rows
    fixes = {(2, "value", "９０２７"): "9027.1"}
    checked = check_in(pool, raw, published=date(2025, 2, 1), source="s", known=known, fixes=fixes)
    row = checked.rows.iloc[0]
    assert (row["value"], row["published"], row["source"]) == (9027.1, pd.Timestamp("2025-02-01"), "s")
    assert codes(checked) == ["revision_unmarked"]


def test_steps_never_fall_and_end_with_the_whole(pool, check_in):
    """A file of some thousand lines tells its stages in order, with lines counted, up to the end."""
    steps = []
    check_in(pool, many(9000), steps.append)
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert list(dict.fromkeys(step.stage for step in steps)) == ["reading", "checking", "comparing"]
    assert [step.done for step in steps if step.stage == "checking"] == [0, 2000, 4000, 6000, 8000]
    assert {step.of for step in steps if step.stage == "checking"} == {9000}


@POSIX
@pytest.mark.parametrize(
    ("limits", "code", "limit"),
    [
        ({"memory": 330}, "check_ran_out", "330"),
        ({"compute": 1}, "check_took_too_long", "1"),
        ({"wait": 1}, "check_took_too_long", "1"),
    ],
    ids=["memory", "computing", "waiting"],
)
def test_a_check_beyond_its_limit_is_a_refusal(limited, check_in, limits, code, limit):
    """A large file under tiny limits is refused with the limit named and no row, and leaves no process."""
    pool = limited(**limits)
    checked = check_in(pool, many(60_000))
    assert (codes(checked), checked.problems[0].hint, len(checked.rows)) == ([code], {"limit": limit}, 0)
    assert not checked.ok


@POSIX
@pytest.mark.parametrize("whole", [True, False], ids=["with the process that forked it", "alone"])
def test_a_check_killed_from_outside_is_a_refusal_and_the_next_goes_on(limited, check_in, whole):
    """A process that breaks down takes nothing with it, nor does one that only checks for it."""
    pool, victims = limited(), []

    def kill(_step):
        if not victims:
            forked = descendants(os.getpid())
            victims.extend(
                [*forked, *(child for one in forked for child in descendants(one))] if whole else last(forked)
            )
            for victim in victims:
                os.kill(victim, signal.SIGSEGV)

    assert codes(check_in(pool, many(5000), kill)) == ["check_broke_off"]
    assert check_in(pool, GOOD).ok


def last(forked):
    """Those that check: the children that were forked for it, or the processes themselves."""
    return [child for one in forked for child in descendants(one)] or forked


def descendants(of):
    """The processes that check, and were started or forked by a process."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,stat,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 3) for line in listed.splitlines()[1:]]
    return [int(pid) for pid, parent, _, args in rows if int(parent) == of and "sandbox.worker" in args]


@POSIX
def test_one_stands_ready_and_none_stays(limited, check_in):
    """A process is ready before a file comes and one after it; closing ends it, and there is no zombie."""
    before = set(descendants(os.getpid()))
    pool = limited()
    ready = set(descendants(os.getpid())) - before
    assert len(ready) == 1
    assert check_in(pool, GOOD).ok
    next_ready = set(descendants(os.getpid())) - before
    assert len(next_ready) == 1
    assert (next_ready == ready) is REUSED
    pool.close()
    assert set(descendants(os.getpid())) <= before
    listed = subprocess.run(["ps", "-eo", "ppid,stat"], capture_output=True, text=True, check=True).stdout
    assert [line for line in listed.splitlines()[1:] if line.split() == [str(os.getpid()), "Z"]] == []


@FORKING
def test_nothing_of_a_file_is_left_for_the_next(tables_read):
    """Each file has a process and pipes of its own, which end with it: none can speak, or leave a trace, in another's."""
    process, seen = Process(Limits()), set()
    for _ in range(2):
        with process.pipes() as (stdin, stdout):
            while not (forked := set(descendants(process.number)) - seen):
                time.sleep(0.05)
            seen |= forked
            send_task(stdin, Task(GOOD, tables_read, {"today": date(2026, 11, 22)}))
            while stdout.read(4096):
                pass
    process.end()
    assert len(seen) == 2


@FORKING
def test_it_forks_while_it_has_one_thread(limited):
    """A process with threads must not fork: a lock that another thread held would never be free in the child."""
    process = limited()._spares[0]
    with process.pipes() as (stdin, stdout):
        send_task(stdin, Task(GOOD, None, {"names": frozenset()}))
        receive(stdout)
    assert [path.name for path in Path(f"/proc/{process.number}/task").iterdir()] == [str(process.number)]


@POSIX
def test_it_ends_with_a_server_that_is_killed():
    """The process that stands ready sees its input closed and goes."""
    script = "import time; from lib.sandbox.pool import Pool; p = Pool(); print(p._spares[0].number, flush=True); time.sleep(99)"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as server:
        ready = int(server.stdout.readline())
        server.kill()
    deadline = time.monotonic() + 60
    while is_alive(ready) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not is_alive(ready)


def is_alive(number):
    """Whether a process runs."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


def test_a_third_waits_and_hears_of_it(limited, check_in):
    """With one turn only, the second check is told to wait and then gets its outcome."""
    pool = limited()
    pool._turns = threading.BoundedSemaphore(1)
    heard, began, go_on = [], threading.Event(), threading.Event()

    def hold(_step):
        began.set()
        go_on.wait(60)

    first = threading.Thread(target=check_in, args=(pool, GOOD, hold))
    first.start()
    assert began.wait(60)

    def hear(step):
        heard.append(step.stage)
        go_on.set()

    assert check_in(pool, GOOD, hear).ok
    first.join()
    assert heard[0] == "waiting"
    assert heard[-1] == "comparing"


def test_a_visitor_who_leaves_ends_the_check(limited, check_in):
    """Where the page breaks off while it draws a step, the turn is free again and the next check runs."""
    pool = limited()
    pool._turns = threading.BoundedSemaphore(1)

    class LeavingError(Exception):
        pass

    def leave(_step):
        raise LeavingError

    with pytest.raises(LeavingError):
        check_in(pool, GOOD, leave)
    assert check_in(pool, GOOD).ok
