"""The thing somebody reacts to, read as that person sees it."""

from typing import Any

from django.db.models import F, Model, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import NotAllowedError
from social import rules
from social.subjects import subject_named, subject_of


def seen(row: Model, *, by: Any) -> Any:
    """The row as it is now. Raises DoesNotExist for what the person may not (any longer) see."""
    return subject_of(row).visible(by).get(pk=row.pk)


def seen_by_name(name: str, pk: int, *, by: Any) -> Any:
    """Raises DoesNotExist, and KeyError for a kind that nobody registered."""
    return subject_named(name).visible(by).get(pk=pk)


def lock(row: Any) -> Any:
    """The row, locked until the transaction ends, and read again. NO KEY: whoever only points at it need not wait."""
    return QuerySet(type(row)).select_for_update(no_key=True).get(pk=row.pk)


def move_count(row: Any, column: str, *, by: int) -> None:
    """In the database, so that parallel moves add up; never below nothing."""
    moved = F(column) + by
    QuerySet(type(row)).filter(pk=row.pk).update(**{column: moved if by > 0 else Greatest(moved, 0)})
    setattr(row, column, max(getattr(row, column) + by, 0))


def owner_of(row: Any) -> int:
    return subject_of(row).owner_id(row)


def need_reacting(person: User, row: Any) -> None:
    """Raises NotAllowedError before one's address is confirmed (F2) and on what is not published."""
    if not rules.may_react(person):
        raise NotAllowedError(_("Verify your e-mail address first."), code="email_unverified")
    if not subject_of(row).is_open(row):
        raise NotAllowedError(_("It is not published."), code="not_published")


def named(row: Any) -> dict[str, Any]:
    """The three fields with which every fact about a thing begins."""
    return {"subject_type": row._meta.label_lower, "subject_id": row.pk, "owner_id": owner_of(row)}
