"""What a conversation refuses, with words that name the way out."""

from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError


class UndeliverableError(NotAllowedError):
    """Blocked, unmatched, suspended or gone: one answer for all, so that it does not tell which (CHT-7)."""

    code = "undeliverable"


class NotCloseError(NotAllowedError):
    """Neither a match nor friends."""

    code = "not_close"


class TooLateError(ConflictError):
    """A message is changed within a day, and not after it was taken away (CHT-9)."""

    code = "too_late"


class TooManyMessagesError(DomainError):
    status = 429
    code = "too_many_messages"
