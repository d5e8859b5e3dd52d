"""Files made up to do harm: names, cells, sizes and doors; the officer reads what is wrong and goes on."""

from __future__ import annotations

import http.client
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

GOOD = "https://source.example/"
HEADER = "region,indicator,period,value,unit,status,source,link,note"
# Cut where the history cuts names; what stands before the cut is enough to do harm.
NAME = f"<img src=x onerror=window.harmed=1>\u202e{'n' * 200}.csv"
USER = "<script>window.harmed=1</script>![i](//evil.example/u)"
MEGABYTE = 1024 * 1024


def file_of(name, *lines):
    """A file as a browser hands it over."""
    return {"name": name, "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


def choose(officer, *files):
    """Choose files in the form."""
    officer.page.locator("input[type=file]").set_input_files(*files)


def test_hostile_file_is_text_from_problems_to_history(wary, SEARCH):
    """Header, cells, file name and user of an upload are read as text: in its problems, its preview and the history."""
    officer = wary(1280).open("upload?lang=en")
    faults = file_of(
        NAME,
        f"{HEADER},<script>window.harmed=1</script>,![i](https://evil.example/h.png)",
        "<img src=x onerror=window.harmed=1>,[x](https://evil.example),{0.__class__},=cmd|x,$x$,:material/bug_report:,"
        "**s**,javascript:window.harmed=1,`n`,a,b",
        f"210100,gdp,2031,{'9' * 400},100m_cny,{'W' * 3000},s,https://evil.example,n,a,b",
    )
    choose(officer, faults)
    assert officer.says("Nothing was kept.")
    assert officer.says("The column “<script>window.harmed=1</script>” is not known")
    officer.settle()
    assert officer.page.evaluate(SEARCH, GOOD) == {}
    sound = "210100,gdp,2025Q1,1801.5,100m_cny,preliminary,=1+1 <b>![i](https://evil.example/s.png),https://evil.example/l,:red[n]"
    choose(officer, file_of(NAME, HEADER, sound))
    officer.page.locator(".st-key-upload-user input").fill(USER)
    officer.page.locator(".st-key-upload-user input").press("Enter")
    officer.page.locator(".st-key-confirm button:enabled").click()
    assert officer.says(re.compile("^Saved"))
    officer.settle()
    assert NAME[:30] in officer.words
    assert USER[:40] in officer.words
    assert officer.page.evaluate(SEARCH, GOOD) == {}
    assert officer.noted == []


def test_file_over_the_limit_does_not_stick(wary, tmp_path):
    """A file over 20 MB is refused by name on the page, which says the limit in the visitor's language; the next one is read."""
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(21 * MEGABYTE)
    officer = wary(1280).open("upload?lang=zh")
    assert officer.says("不超过20 MB")
    choose(officer, large)
    assert officer.says(re.compile(r"20\.0MB or smaller"))
    choose(officer, file_of("CON.csv", HEADER, "210100,gdp,2025Q2,3701.5,100m_cny,preliminary,made-up,,"))
    assert officer.says("可采用1条数据")
    officer.page.locator(".st-key-confirm button").wait_for(state="visible")


@pytest.fixture
def door(wary):
    """Put a file to the server past the page: session, name, content in; the answer's status out."""
    officer = wary(1280)
    put = []
    officer.watch("request", lambda request: put.append(request.url) if request.method == "PUT" else None)
    officer.open("upload?lang=en")
    choose(officer, file_of("x.csv", HEADER))
    assert officer.says("Nothing was kept.")
    place = urlsplit(put[0])
    cookies = {cookie["name"]: cookie["value"] for cookie in officer.context.cookies()}
    token = cookies["_streamlit_xsrf"]

    def knock(*, session="", name="x.csv", token=token, length=0, size=0):
        path = place.path.rsplit("/", 2)
        address = f"{path[0]}/{session or path[1]}/made-up-file"
        head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        parts = [head, *([b"0" * MEGABYTE] * size), b"\r\n--b--\r\n"]
        line = http.client.HTTPConnection(place.netloc, timeout=30)
        line.putrequest("PUT", address)
        line.putheader("Content-Type", "multipart/form-data; boundary=b")
        line.putheader("Cookie", f"_streamlit_xsrf={cookies['_streamlit_xsrf']}")
        line.putheader("X-Xsrftoken", token)
        line.putheader("Content-Length", str(length or sum(map(len, parts))))
        line.endheaders()
        try:
            for part in [] if length else parts:
                line.send(part)
        except OSError:  # the server does not read what it refuses
            pass
        status = line.getresponse().status
        line.close()
        return status

    return knock


def test_doors_refuse_what_is_not_the_visitors(door):
    """Another's session and a missing token are refused; a path, a device or a tag as a name is no path, device or tag."""
    assert door(session="00000000-0000-0000-0000-000000000000") == 400
    assert door(token="") == 403
    for name in ("../../x.csv", "CON.csv", "n" * 300 + ".csv", "a\0b.csv", "<img src=x>.csv", "x.exe"):
        assert door(name=name) in (204, 400), name


def memory(pid):
    """The resident memory of a process in megabytes."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def test_200_megabytes_are_refused_unread(door, hostile_server):
    """A file of 200 MB is refused by what it says of itself, one that says less by what arrives; neither stays in memory."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells the memory of a process")
    before = memory(hostile_server.pid)
    assert door(length=200 * MEGABYTE) == 413
    assert door(size=40) == 413
    assert memory(hostile_server.pid) - before < 30
