"""Who may write what: a role and its regions, asked by the store before every write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lib.schema import DataError


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

    def foreign(self, regions: Iterable[str]) -> list[str]:
        """Those of the regions that this user does not answer for, sorted."""
        if self.role is Role.ADMINISTRATOR or self.regions is None:
            return []
        return sorted(set(regions) - self.regions)


def owner(name: str) -> User:
    """Whoever works on the machine itself, without a login: an administrator, by the name they give."""
    return User(name, Role.ADMINISTRATOR)
