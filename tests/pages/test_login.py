"""The officer's page for each kind of visitor: on the machine itself, signed out, reader, uploader, administrator."""

from __future__ import annotations

import pytest
import streamlit as st

from lib.store import Store

OFFICE = {"is_logged_in": True, "email": "office@a.example", "email_verified": True, "name": "An office [a](b)"}
ROLES = "who,role,regions\noffice@a.example,uploader,210100\nadmin@a.example,administrator,\n"
QUARTER = "made-up-quarter.csv"  # figures of Shenyang and Dalian
MAY_NOT = {
    "signed out": ({"is_logged_in": False}, "Sign in to upload"),
    "reader": ({**OFFICE, "email": "reader@a.example"}, "reader@a.example may read but not upload"),
    "unverified": ({**OFFICE, "email_verified": False}, "no e-mail address that its provider vouches for"),
    "tracker's own name": ({**OFFICE, "email": "shipped"}, "cannot stand in the history as a name"),
}


@pytest.fixture
def open_as(visit, data_dir):
    """Open a page as somebody, as the provider describes them."""

    def run(user, page="upload", lang="en"):
        (data_dir / "roles.csv").write_text(ROLES, encoding="utf-8")
        visitor = visit(page, lang, data_dir)
        visitor.user = user
        return visitor.run()

    return run


@pytest.fixture
def choose(ROOT):
    """Choose an example file."""

    def run(visitor, name=QUARTER):
        raw = (ROOT / "data/examples" / name).read_bytes()
        return visitor.file_uploader[0].upload(name, raw).run()

    return run


def keys(visitor):
    """The keys of the buttons on a page."""
    return {button.key for button in visitor.button}


@pytest.mark.parametrize("page", ["overview", "upload"])
def test_the_menu_offers_to_sign_in_or_names_who_has(open_as, said, page):
    """Without a login neither stands there."""
    assert keys(open_as({}, page)).isdisjoint({"sign-in", "sign-out"})
    assert "sign-in" in keys(open_as({"is_logged_in": False}, page))
    signed_in = open_as(OFFICE, page)
    assert "sign-out" in keys(signed_in)
    assert "office@a.example" in said(signed_in)


@pytest.mark.parametrize("reason", MAY_NOT)
def test_whoever_may_not_upload_is_told_why(open_as, choose, said, version, data_dir, reason):
    """The reason stands on the page; who has signed in may have a file checked, and nobody of these can keep it."""
    user, words = MAY_NOT[reason]
    visitor = open_as(user)
    assert words in said(visitor)
    assert bool(visitor.file_uploader) is (reason != "signed out")
    if visitor.file_uploader:
        choose(visitor)
        assert "**4** new" in said(visitor)
        assert visitor.button(key="confirm").disabled
    assert not visitor.exception
    assert version(data_dir) == "00000003"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_uploader_is_told_which_lines_are_others(open_as, choose, said, data_dir, lang):
    """Only the own lines can be kept, under the address that signed in; nobody types a name."""
    visitor = choose(open_as(OFFICE, lang=lang))
    assert {"zh": "报送人员 · 沈阳市", "en": "uploader · Shenyang"}[lang] in said(visitor)
    assert "upload-user" not in {field.key for field in visitor.text_input}
    told = [str(cell) for cell in visitor.table[0].value.iloc[:, 4]]
    assert (
        len([text for text in told if {"zh": "您无权报送大连市的数据", "en": "upload figures of Dalian"}[lang] in text])
        == 2
    )
    assert "confirm" not in keys(visitor)
    visitor.checkbox(key="skip-errors").check().run()
    visitor.button(key="confirm").click().run()
    entry = Store(data_dir / "actuals").history()[0]
    assert (entry.user, entry.rows) == ("office@a.example", 2)


def test_an_uploader_cannot_undo_what_holds_others_regions(open_as, choose, said, data_dir, version):
    """The store refuses, the page says so, and an administrator can."""
    admin = choose(open_as({**OFFICE, "email": "admin@a.example"}))
    admin.button(key="confirm").click().run()
    upload = Store(data_dir / "actuals").history()[0].upload
    office = open_as(OFFICE)
    office.button(key=f"undo-{upload}").click().run()
    assert "office@a.example may not write figures of these regions: Dalian" in said(office)
    assert version(data_dir) == "00000004"
    open_as({**OFFICE, "email": "admin@a.example"}).button(key=f"undo-{upload}").click().run()
    assert version(data_dir) == "00000005"
    assert Store(data_dir / "actuals").history()[0].user == "admin@a.example"


def test_a_right_taken_away_is_gone_at_the_next_click(open_as, choose, said, data_dir, version):
    """The table counts as it stands when the figures would be kept, not as it stood at the login."""
    office = choose(open_as({**OFFICE, "email": "admin@a.example"}))
    (data_dir / "roles.csv").write_text("who,role,regions\n", encoding="utf-8")
    office.button(key="confirm").click().run()
    assert "admin@a.example may read but not upload" in said(office)
    assert version(data_dir) == "00000003"


def test_unsound_roles_let_everybody_read_and_nobody_write(open_as, said, data_dir):
    """A slip in the table neither opens the door nor closes the page."""
    visitor = open_as(OFFICE)
    (data_dir / "roles.csv").write_text("who,role,regions\n*,owner,\n", encoding="utf-8")
    assert "the table of roles has 1 problem" in said(visitor.run())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_published_server_without_a_login_takes_no_uploads(visit, said, data_dir, monkeypatch, lang):
    """Its maintainer reads what to configure; one setting opens it to all."""
    monkeypatch.setattr(st, "get_option", {"server.address": "0.0.0.0"}.get)  # noqa: S104 - what a container sets
    words = {"zh": "报送功能已关闭", "en": "Uploading is switched off"}[lang]
    shut = visit("upload", lang, data_dir)
    assert words in said(shut)
    assert not shut.file_uploader
    monkeypatch.setenv("TRACKER_UPLOAD_WITHOUT_LOGIN", "yes")
    opened = visit("upload", lang, data_dir)
    assert words not in said(opened)
    assert opened.file_uploader


@pytest.mark.parametrize("name", ["shipped", "Shipped", "a\u202eb"])
def test_a_typed_name_cannot_be_the_trackers_own(visit, choose, said, data_dir, version, name):
    """Figures kept under it would count as pages read."""
    visitor = choose(visit("upload", "en", data_dir))
    visitor.text_input(key="upload-user").input(name).run()
    assert "cannot stand in the history as a name" in said(visitor)
    assert visitor.button(key="confirm").disabled
    assert version(data_dir) == "00000003"


def test_a_login_that_is_not_complete_says_so(open_as, said):
    """A click on the button of a server that has no provider ends in words, not in a traceback."""
    visitor = open_as({"is_logged_in": False})
    visitor.button(key="sign-in").click().run()
    assert not visitor.exception
    assert "Signing in does not work" in said(visitor)
