"""Signing in with a real OpenID Connect provider on this machine, and what each role can then do."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
import time

import pytest

from lib.access import recognise
from lib.clock import today
from lib.intake import check_upload
from lib.schema import DataError
from lib.store import Store
from lib.tables import read_rules, read_tables

pytestmark = pytest.mark.browser
ROLES = """who,role,regions
office@shenyang.example,uploader,210100
group:statistics,uploader,210200 210300
admin@province.example,administrator,
"""
CLAIMS = {
    "office": {"email": "Office@Shenyang.example", "email_verified": True, "name": "沈阳市统计局"},
    "group": {"email": "someone@dalian.example", "email_verified": True, "groups": ["statistics"]},
    "admin": {"email": "admin@province.example", "name": "The administrator"},
    "reader": {"email": "reader@example.org", "email_verified": True, "name": "A reader"},
    "impostor": {"email": "admin@province.example", "email_verified": False, "name": "Not the administrator"},
}
HEADER = "region,indicator,period,basis,value,unit,published,source\n"
SHENYANG = "沈阳市,地区生产总值,2025Q3,ytd,7001,亿元,2025-10-25,made-up\n"
DALIAN = "大连市,地区生产总值,2025Q3,ytd,7502,亿元,2025-10-25,made-up\n"


@pytest.fixture(scope="session")
def provider():
    """The address of a provider that lets anyone of CLAIMS in by a click."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    people = [json.dumps({"sub": sub, **claims}) for sub, claims in CLAIMS.items()]
    options = [part for person in people for part in ("--user-claims", person)]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    yield f"http://localhost:{port}"
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="session")
def guarded(serve, provider, copy_data, tmp_path_factory):
    """The address of a dashboard with a login, and its data folder."""
    folder = tmp_path_factory.mktemp("guarded")
    data = copy_data(folder)
    (data / "roles.csv").write_text(ROLES, encoding="utf-8")
    settings = {
        "redirect_uri": "http://localhost:{port}/oauth2callback",
        "cookie_secret": secrets.token_hex(32),
        "client_id": "tracker",
        "client_secret": secrets.token_hex(8),
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    }
    lines = ["[auth]", *(f"{name} = {json.dumps(value)}" for name, value in settings.items())]
    (folder / "secrets.toml").write_text("\n".join(lines), encoding="utf-8")
    with serve(data, folder / "log", "--secrets.files", str(folder / "secrets.toml")) as served:
        yield served.address, data


@pytest.fixture
def sign_in(visitors, guarded, provider):
    """Open an address of the dashboard and sign in there as somebody."""

    def enter(somebody, path="upload?lang=en"):
        visitor = visitors(guarded[0], also=(provider,)).open(path)
        page = visitor.page
        page.locator(".st-key-sign-in button").click()
        page.locator(f"button[value={somebody}]").click()
        page.wait_for_url(f"{guarded[0]}/{path}")
        page.locator(".st-key-account").wait_for()
        visitor.settle()
        return visitor

    return enter


def tells(visitor, text):
    """Whether the page shows a text, given time to draw it; the unseen mark that keeps an address from being a link aside."""
    shows = "text => document.querySelector('[data-testid=stMain]').innerText.replaceAll('\\u2060', '').includes(text)"
    visitor.page.wait_for_function(shows, arg=text)
    return True


def choose(visitor, name, *lines):
    """Choose a file with these lines."""
    content = (HEADER + "".join(lines)).encode()
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    visitor.page.locator("input[type=file]").set_input_files(file)


def keep(visitor):
    """Confirm the file chosen."""
    visitor.page.locator(".st-key-confirm button:enabled").click()
    assert tells(visitor, "Saved: ")


def test_an_office_uploads_its_own_region_and_undoes_it(sign_in):
    """The login comes back to the page it was asked for on; the history names the address; nobody types a name."""
    office = sign_in("office")
    assert tells(office, "Signed in as office@shenyang.example · uploader · Shenyang")
    assert office.page.locator(".st-key-upload-user").count() == 0
    choose(office, "made-up-own.csv", SHENYANG)
    keep(office)
    assert tells(office, "made-up-own.csv · 1 figures · office@shenyang.example")
    office.page.locator("[class*=st-key-undo-] button >> visible=true").first.click()
    assert tells(office, "was undone")


def test_an_office_cannot_upload_anothers_region(sign_in, guarded):
    """The check names the line; the store itself refuses the same person, whoever asks it."""
    office = sign_in("office")
    choose(office, "made-up-other.csv", SHENYANG, DALIAN)
    assert tells(office, "Line 3: you may not upload figures of Dalian; you answer for Shenyang.")
    assert office.page.locator(".st-key-confirm").count() == 0
    tables, store = read_tables(guarded[1]), Store(guarded[1] / "actuals")
    rows = check_upload((HEADER + DALIAN).encode(), tables, today=today()).rows
    user = recognise(CLAIMS["office"], read_rules(guarded[1], tables))
    before = store.version()
    with pytest.raises(DataError) as refused:
        store.append(rows, b"", name="made-up-other.csv", user=user)
    assert (refused.value.code, store.version()) == ("region_not_allowed", before)


@pytest.mark.soak
def test_a_group_of_the_provider_gives_its_regions(sign_in):
    """Who is in a group may do what its line says, here in Chinese."""
    assert tells(sign_in("group", "upload?lang=zh"), "当前登录：someone@dalian.example · 报送人员 · 大连市、鞍山市")


@pytest.mark.soak
def test_an_administrator_uploads_any_region(sign_in):
    """All regions, without naming one."""
    admin = sign_in("admin")
    assert tells(admin, "Signed in as admin@province.example · administrator · all regions")
    choose(admin, "made-up-both.csv", SHENYANG.replace("7001", "7003"), DALIAN)
    keep(admin)


@pytest.mark.parametrize(
    ("somebody", "reason"),
    [
        ("reader", "reader@example.org may read but not upload."),
        pytest.param(
            "impostor", "Your account has no e-mail address that its provider vouches for", marks=pytest.mark.soak
        ),
    ],
)
def test_a_reader_checks_a_file_but_keeps_nothing(sign_in, somebody, reason):
    """Whoever has no right, or an address nobody vouches for, is told what to ask for and can confirm nothing."""
    reader = sign_in(somebody)
    assert tells(reader, reason)
    choose(reader, "made-up-reader.csv", SHENYANG.replace("7001", "7004"))
    assert tells(reader, "1 figure(s) understood")
    assert reader.page.locator(".st-key-confirm button").is_disabled()


def test_a_stranger_reads_and_is_told_to_sign_in(visitors, guarded):
    """Without a login every page can be read, and no file be chosen."""
    stranger = visitors(guarded[0]).open("upload?lang=zh")
    assert tells(stranger, "请先登录再报送")
    assert stranger.page.locator("input[type=file]").count() == 0
    assert stranger.page.locator("[class*=st-key-undo-] button:enabled").count() == 0
    assert tells(stranger.open("?lang=en"), "Of the 25 targets of One circle, one belt, two zones")


def test_signed_in_a_link_still_opens_its_view_and_signing_out_ends_it(sign_in, guarded, provider):
    """A copied address opens for whoever is signed in as for anyone; after signing out the menu offers to sign in."""
    path = "regions?region=210100&lang=en&as_of=2025-06-30"
    office = sign_in("office", path)
    assert tells(office, "沈阳市统计局")
    office.open("indicators?lang=en")
    assert office.page.url == f"{guarded[0]}/indicators?lang=en"
    office.page.locator(".st-key-account button").first.click()
    office.page.locator(".st-key-sign-out button").click()
    office.page.wait_for_url(f"{provider}/**")
    office.page.locator("button, input[type=submit]").first.click()
    office.page.wait_for_url(f"{guarded[0]}/**")
    office.page.locator(".st-key-sign-in button").wait_for()
    assert tells(office.open("upload?lang=en"), "Sign in to upload")
