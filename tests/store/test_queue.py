"""Writers stand in line: in the order in which they came, one at a time, and nobody waits for the dead or for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Thread
from time import monotonic, sleep

import pytest

from lib.store import queue as module
from lib.store.queue import queue

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the queue is a courtesy that Windows does without")

# The module alone: importing the store with all it needs takes seconds on a busy machine.
WRITER = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from time import sleep

spec = spec_from_file_location("line", sys.argv[1])
line = module_from_spec(spec)
spec.loader.exec_module(line)
folder, name = Path(sys.argv[2]), sys.argv[3]
with line.queue(folder):
    with (folder / "seen").open("a") as seen:
        seen.write(f"+{name}\\n")
    while not (folder / "leave").exists():
        sleep(0.005)
    with (folder / "seen").open("a") as seen:
        seen.write(f"-{name}\\n")
"""


@pytest.fixture
def come(tmp_path):
    """Start a writer in a process of its own that stays until all may leave, and wait until it stands in line."""
    started = []

    def start(name):
        line = tmp_path / ".line"
        before = line.stat().st_size if line.exists() else 0
        started.append(subprocess.Popen([sys.executable, "-c", WRITER, module.__file__, str(tmp_path), name]))
        deadline = monotonic() + 20
        while not line.exists() or line.stat().st_size == before:
            assert monotonic() < deadline
            sleep(0.005)
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def seen(folder):
    """What the writers noted: who came in (+) and who left (-)."""
    return (folder / "seen").read_text().split()


def test_writers_go_in_the_order_in_which_they_came(tmp_path, come):
    """The first stays until all the others stand in line."""
    writers = [come(str(number)) for number in range(6)]
    (tmp_path / "leave").touch()
    assert [process.wait(20) for process in writers] == [0] * 6
    assert seen(tmp_path) == [sign + str(number) for number in range(6) for sign in "+-"]


def test_one_killed_while_waiting_lets_nobody_past_the_holder(tmp_path, come):
    """The one behind goes on in line, and goes in when the first has left."""
    come("first")
    killed, last = come("killed"), come("last")
    killed.kill()
    killed.wait()
    sleep(0.1)  # for the last to go in, if it did
    (tmp_path / "leave").touch()
    assert last.wait(20) == 0
    assert seen(tmp_path) == ["+first", "-first", "+last", "-last"]


def test_one_killed_inside_holds_nobody_up(tmp_path, come):
    """The system lets go of its locks."""
    first, last = come("first"), come("last")
    first.kill()
    first.wait()
    (tmp_path / "leave").touch()
    assert last.wait(20) == 0
    assert seen(tmp_path) == ["+first", "+last", "-last"]


def test_whoever_stands_still_is_passed(tmp_path, come, monkeypatch):
    """After a while the writer goes ahead: the link decides who gets the number."""
    monkeypatch.setattr(module, "_PATIENCE", 0.2)
    come("still")
    start = monotonic()
    with queue(tmp_path):
        assert 0.1 < monotonic() - start < 5


def test_threads_of_one_process_go_one_at_a_time(tmp_path):
    """Locks on bytes belong to a process: its threads must not walk through each other's."""
    inside, most = [], []

    def write():
        with queue(tmp_path):
            inside.append(1)
            most.append(len(inside))
            sleep(0.005)
            inside.pop()

    threads = [Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_a_folder_without_locks_is_no_reason_to_stop(tmp_path):
    """Where the line cannot be made the writer goes ahead."""
    with queue(tmp_path / "not there"):
        assert not (tmp_path / "not there").exists()
