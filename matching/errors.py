"""What the deck and the profile refuse, with words that name the way out."""

from fitfoodie.common.errors import ConflictError, DomainError


class AlreadyActedError(ConflictError):
    """The person said something else of them, and the time to change it is over (MAT-1)."""

    code = "already_acted"


class LimitReachedError(DomainError):
    """The likes or super likes of 24 hours are spent (MAT-6); codes `likes_spent` and `super_likes_spent`."""

    status = 429
    code = "likes_spent"


class NothingToUndoError(ConflictError):
    """No last action, or its time is over, or it became a match (MAT-9)."""

    code = "nothing_to_undo"


class TooManyMovesError(DomainError):
    """The place was changed too often within 24 hours (MAT-5)."""

    status = 429
    code = "too_many_moves"
