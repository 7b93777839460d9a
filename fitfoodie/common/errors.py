"""The errors a service may raise. Every door turns them into its own form: problem+json, a message on the page, an
admin message, a line on the console."""

from collections.abc import Iterable
from typing import Any


class DomainError(Exception):
    """A request that cannot be carried out, in words for the person who asked.

    `code` is stable and machine-readable; `field` names the input at fault, when there is one.
    """

    status = 400
    code = "invalid"

    def __init__(self, message: str, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.code = code or self.code
        self.field = field


class NotAllowedError(DomainError):
    """The person may see the thing but not do this with it. What they may not even see is a 404 instead."""

    status = 403
    code = "not_allowed"


class ConflictError(DomainError):
    status = 409
    code = "conflict"


class IllegalTransitionError(ConflictError):
    """A move that the transitions table does not list; `legal` are those it does (ORD-3 style, design 5.7)."""

    code = "illegal_transition"

    def __init__(self, message: str, *, legal: Iterable[str]) -> None:
        super().__init__(message)
        self.legal = sorted(legal)


class StaleVersionError(DomainError):
    """Somebody else saved in between (REC-9). `current` is the version now stored; a door may add what it says."""

    status = 412
    code = "stale_version"

    def __init__(self, message: str, *, current: int) -> None:
        super().__init__(message)
        self.current = current
        self.current_document: Any = None
