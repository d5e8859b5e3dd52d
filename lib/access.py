"""Who may write what: a role and its regions, from the maintainer's rules; the store asks before every write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lib.schema import SHIPPED_BY, DataError, Problem

EVERYBODY: Final = "*"
ALL_REGIONS: Final = "*"
GROUP: Final = "group:"
OPEN_TABLES: Final = frozenset({"evidence"})  # that offices add to, each for its regions
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # control, format, surrogate, line and paragraph separators


class Role(StrEnum):
    """What someone may do; each role may also do what those before it may."""

    READER = "reader"
    UPLOADER = "uploader"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class User:
    """Someone who writes: the name kept with the upload, the role, and the regions an uploader answers for (None: all)."""

    name: str
    role: Role
    regions: frozenset[str] | None = None

    def refuse(self, regions: Iterable[str]) -> None:
        """Raise DataError "write_not_allowed" for a reader, "region_not_allowed" for regions of others."""
        if self.role is Role.READER:
            raise DataError("write_not_allowed", user=self.name)
        if foreign := self.foreign(regions):
            raise DataError("region_not_allowed", user=self.name, regions=", ".join(foreign))

    def refuse_tables(self, tables: Iterable[str]) -> None:
        """Raise DataError "tables_not_allowed" where an uploader adds to more than evidence: the rest is an administrator's."""
        if self.role is Role.UPLOADER and (beyond := sorted(set(tables) - OPEN_TABLES)):
            raise DataError("tables_not_allowed", user=self.name, tables=", ".join(beyond))

    def foreign(self, regions: Iterable[str]) -> list[str]:
        """Those of the regions that this user does not answer for, sorted."""
        if self.role is Role.ADMINISTRATOR or self.regions is None:
            return []
        return sorted(set(regions) - self.regions)


NOBODY: Final = User("", Role.READER)  # someone of whom nothing is known


def owner(name: str) -> User:
    """Whoever works on the machine itself, without a login: an administrator, by the name they give.

    Raises DataError "name_not_usable".
    """
    return User(check_name(name), Role.ADMINISTRATOR)


def check_name(name: str) -> str:
    """Give back a name that the history can tell from others.

    Raises DataError "name_not_usable" where it is blank, begins or ends with blanks, holds characters that are not seen,
    or can be taken for the tracker's own name: what that one brings in counts as pages read, not as reports received.
    """
    unseen = any(unicodedata.category(character) in _UNSEEN for character in name)
    own = unicodedata.normalize("NFKC", name).strip().casefold() == SHIPPED_BY
    if not name or name != name.strip() or unseen or own:
        raise DataError("name_not_usable", user="".join(filter(str.isprintable, name)).strip())
    return name


@dataclass(frozen=True)
class Rule:
    """One line of roles.csv: whom it speaks of, the role, and the regions an uploader answers for (None: all)."""

    who: str
    role: Role
    regions: frozenset[str] | None

    def fits(self, email: str, groups: Iterable[str]) -> bool:
        """Whether the rule speaks of someone: everybody, a group's name, the address's domain, or the address itself."""
        if self.who.startswith(GROUP):
            return self.who.removeprefix(GROUP) in set(groups)
        if self.who.startswith("@"):
            return fold(email[email.rfind("@") :]) == fold(self.who)
        return self.who == EVERYBODY or fold(email) == fold(self.who)


def fold(address: str) -> str:
    """An address as addresses are compared: ASCII letters in lower case, any other letter as it is."""
    return "".join(character.lower() if character.isascii() else character for character in address)


def grant(email: str, groups: Iterable[str], rules: Iterable[Rule]) -> User:
    """What all rules together allow someone whose address the provider vouches for: a reader where none speaks of them.

    Rules only ever add: the strongest role of those that fit counts, and the regions of every rule that makes an uploader.
    Raises DataError "name_not_usable" for an address that the history could not tell from others.
    """
    name, held = check_name(fold(email)), frozenset(groups)
    fitting = [rule for rule in rules if rule.fits(email, held)]
    role = max((rule.role for rule in fitting), key=list(Role).index, default=Role.READER)
    if role is not Role.UPLOADER:
        return User(name, role)
    named = [rule.regions for rule in fitting if rule.role is Role.UPLOADER]
    return User(name, role, None if None in named else frozenset().union(*filter(None, named)))


def recognise(claims: Mapping[str, object], rules: Iterable[Rule], groups_claim: str = "groups") -> User:
    """What a provider's claims make of someone: NOBODY without an address, or where the provider does not vouch for it.

    A provider that says nothing about `email_verified` is taken at its word: the maintainer chose it. Raises as `grant`.
    """
    email, groups = claims.get("email"), claims.get(groups_claim)
    if not isinstance(email, str) or not email or str(claims.get("email_verified", True)).lower() != "true":
        return NOBODY
    held = [groups] if isinstance(groups, str) else groups if isinstance(groups, list | tuple) else []
    return grant(email, [group for group in held if isinstance(group, str)], rules)


def read_rule(row: dict[str, str]) -> Rule:
    """A line of roles.csv that `find_faults` has nothing against."""
    regions = None if row["regions"] == ALL_REGIONS else frozenset(row["regions"].split())
    return Rule(row["who"], Role(row["role"]), regions)


def find_faults(rows: Iterable[dict[str, str]], regions: Iterable[str]) -> list[Problem]:
    """Everything wrong with roles.csv; `row` is the line of the file, `column` "roles.column"."""
    seen: set[str] = set()
    known, found = frozenset(regions), []
    for line, row in enumerate(rows, start=2):
        key = row["who"] if row["who"].startswith(GROUP) else fold(row["who"])
        faults = {
            "who": "who_repeated" if key in seen else _fault_of_who(row["who"]),
            "role": "" if row["role"] in list(Role) else "code_unknown",
            "regions": _fault_of_regions(row, known),
        }
        seen.add(key)
        found += [Problem(code, line, f"roles.{column}", row[column]) for column, code in faults.items() if code]
    return found


def _fault_of_who(who: str) -> str:
    """Why a text names nobody, "" if it does: an address, @domain, group:NAME or *."""
    named = who.removeprefix(GROUP)
    address = who.count("@") == 1 and not who.endswith("@") and not who.startswith(GROUP)
    blank = not named or named != named.strip() or not named.isprintable()
    return "" if not blank and (address or who != named or who == EVERYBODY) else "who_unknown"


def _fault_of_regions(row: dict[str, str], known: frozenset[str]) -> str:
    """Why a cell of regions cannot be meant: a code that is not known, or regions for a role that needs none."""
    named = row["regions"].split()
    if row["role"] in {Role.READER, Role.ADMINISTRATOR}:
        return "regions_unused" if named else ""
    return "" if named == [ALL_REGIONS] or known.issuperset(named) else "code_unknown"
