"""Who is here and what they may do. The only place that decides: every write hands the store the User made here."""

from __future__ import annotations

import ipaddress
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitAuthError

from lib.access import NOBODY, Role, User, owner, recognise
from lib.faults import describe_error
from lib.schema import DataError
from lib.views.cached import load_rules, load_words
from lib.words import escape, shorten

if TYPE_CHECKING:
    from lib.i18n import Texts
    from lib.views.shell import View
    from lib.words import Words

# The name of the claim that lists someone's groups, if it is not "groups".
GROUPS_CLAIM: Final = "TRACKER_GROUPS_CLAIM"
# "yes" lets whoever reaches a server without a login upload under any name, for instance behind a gate of one's own.
OPEN_TO_ALL: Final = "TRACKER_UPLOAD_WITHOUT_LOGIN"
# What a proxy adds: the visitor comes from elsewhere, although the connection comes from this machine.
_RELAYED: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
_NAME: Final = "upload-user"
_SHOWN_NAME: Final = 18
LOG: Final = logging.getLogger(__name__)

# Streamlit comes back from a login to the front page; the script goes on to the page that was left.
_return = st.components.v2.component(
    "sign_in_return",
    css=":has(> .st-key-sign-in-return), .st-key-sign-in-return { position: absolute; }",  # it takes no place in the menu
    js=Path(__file__).with_name("visitor.js").read_text("utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Visitor:
    """Someone at a screen: what the store is told, and why they may not write (None: they may)."""

    user: User
    refusal: DataError | None = None


def current_user() -> User:
    """The User in whose name this visitor's writes go to the store."""
    return current_visitor().user


def current_visitor() -> Visitor:
    """Whoever is at the screen, as of this drawing of the page; where anything is in doubt, nobody."""
    try:
        user = _recognise() if has_login() else _owner()
    except DataError as error:
        return Visitor(NOBODY, error)
    return Visitor(user, DataError("role_needed", user=user.name) if user.role is Role.READER else None)


def has_login() -> bool:
    """Whether the maintainer configured a login (`[auth]` in .streamlit/secrets.toml)."""
    return "is_logged_in" in st.user


def may_check() -> bool:
    """Whether this visitor may have a file read: whoever has signed in, or works on the machine itself."""
    return _is_signed_in() if has_login() else _is_private()


def _is_signed_in() -> bool:
    return st.user.get("is_logged_in") is True


def _recognise() -> User:
    """Whoever has signed in, by the provider's claims and roles.csv."""
    if not _is_signed_in():
        raise DataError("sign_in_needed")
    user = recognise(st.user.to_dict(), load_rules(), os.environ.get(GROUPS_CLAIM) or "groups")
    if not user.name:
        raise DataError("email_unverified")
    return user


def _owner() -> User:
    """Whoever works on the machine itself, by the name they typed."""
    if not _is_private():
        raise DataError("login_missing")
    name = st.session_state.get(_NAME, "").strip()
    if not name:
        raise DataError("name_needed")
    return owner(name)


def _is_private() -> bool:
    """Whether only this machine's own people can be at the screen, or the maintainer said that all may write."""
    address = str(st.get_option("server.address") or "")
    return os.environ.get(OPEN_TO_ALL) == "yes" or (is_loopback(address) and is_direct(st.context.headers))


def is_direct(headers: Mapping[str, str]) -> bool:
    """Whether a request came straight from this machine: addressed to it by its own name, by a page of its own, unrelayed.

    A browser elsewhere is betrayed by the host it asked for or the origin of its page, also where a name was bound to
    this machine's address to get past the browser; a proxy by what it adds.
    """
    asked = (f"//{headers.get('Host', 'localhost')}", headers.get("Origin", "//localhost"))
    return all(is_loopback(urlsplit(place).hostname or "") for place in asked) and not any(
        headers.get(name) for name in _RELAYED
    )


def is_loopback(host: str) -> bool:
    """Whether a host's name or address can only be reached from this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def show_account(texts: Texts) -> None:
    """Sign in, or who has signed in and the way out; nothing where no login is configured."""
    if not has_login():
        return
    if _is_signed_in():
        _show_name(texts)
    else:
        st.button(texts("access.sign_in"), key="sign-in", icon=":material/login:", on_click=_sign_in)
    with st.container(key="sign-in-return", width="content"):
        _return(height=0)


def _show_name(texts: Texts) -> None:
    """Who has signed in, by the name the provider gives, and behind it the address and the way out."""
    name = str(st.user.get("name") or st.user.get("email") or texts("access.somebody"))
    with st.popover(escape(shorten(name, _SHOWN_NAME)), icon=":material/account_circle:", key="account"):
        st.markdown(escape(str(st.user.get("email") or name)))
        st.button(texts("access.sign_out"), key="sign-out", icon=":material/logout:", on_click=st.logout)


def show_sign_in_fault(texts: Texts) -> None:
    """That the login failed for the way it is configured, once."""
    if st.session_state.pop("sign-in-fault", False):
        st.error(texts("access.login_unusable"))


def _sign_in() -> None:
    try:
        st.login()
    except StreamlitAuthError:
        LOG.exception("The login cannot be used")
        st.session_state["sign-in-fault"] = True


def show_rights(view: View) -> None:
    """Who is uploading with what rights, or why they cannot and what to ask for."""
    visitor, texts = current_visitor(), view.texts
    if not has_login():
        if not may_check():
            st.warning(texts("error.login_missing"), icon=":material/lock:")
    elif visitor.refusal:
        st.info(describe_safely(visitor.refusal, texts), icon=":material/lock:")
        st.caption(texts("access.may_check" if may_check() else "access.may_read"))
    else:
        role, regions = texts(f"role.{visitor.user.role}"), regions_of(visitor.user, view)
        st.caption(texts("access.rights", user=escape(visitor.user.name), role=role, regions=regions))


def describe_safely(error: DataError, texts: Texts) -> str:
    """An error in words for a page: what people or files wrote into it is harmless in markdown."""
    if error.code == "region_not_allowed":
        error = name_regions(error, load_words(texts.lang))
    return describe_error(error, texts, escape)


def name_regions(error: DataError, words: Words) -> DataError:
    """The same error with names instead of the codes of the regions it speaks of."""
    codes = error.hint["regions"].split(", ")
    regions = words.join([words.region(code) if code in words.regions else code for code in codes])
    return DataError(error.code, **{**error.hint, "regions": regions})


def regions_of(user: User, view: View) -> str:
    """The regions a user answers for, in words."""
    if user.role is Role.ADMINISTRATOR or user.regions is None:
        return view.texts("access.all_regions")
    return view.words.join([view.words.region(code) for code in sorted(user.regions)]) or view.texts("access.no_region")


def ask_name(label: str, explanation: str, width: int | Literal["stretch"] = "stretch", again: str = "") -> None:
    """Where nobody signs in, the name that the history keeps; `again` names a field that may stand beside the first."""
    if has_login():
        return
    key = f"{_NAME}{again}"
    if again:
        st.session_state[key] = st.session_state.get(_NAME, "")
    st.text_input(label, help=explanation, max_chars=60, key=key, width=width, on_change=_share_name, args=(key,))


def _share_name(key: str) -> None:
    """Take a name that was typed in one field for the other too."""
    st.session_state[_NAME] = st.session_state[key]
