"""Writing the columns of one row as its model allows them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from fitfoodie.common.errors import ConflictError, DomainError
from fitfoodie.common.ids import new_public_id


def write(row: models.Model, changes: Mapping[str, Any], *, allowed: Collection[str]) -> list[str]:
    """Set, check, save; returns the names of what changed, sorted. Nothing is saved when nothing did.

    Raises DomainError `unknown_field` for a column that is not `allowed`, DomainError for the first value that the
    model refuses, ConflictError `taken` for what somebody else has.
    """
    for name in changes:
        if name not in allowed:
            raise DomainError(_("This cannot be changed here."), code="unknown_field", field=name)
    changed = sorted(name for name, value in changes.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, changes[name])
    if changed or row.pk is None:
        _save(row)
    return changed


def _save(row: models.Model) -> None:
    try:
        row.clean_fields()
    except ValidationError as error:
        raise _refusal(error, DomainError) from error
    try:
        row.validate_unique()
        row.validate_constraints()
        # Somebody may have taken the name since.
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        raise _refusal(error, ConflictError, code="taken") from error
    except IntegrityError as error:
        raise ConflictError(_("Somebody else has this already."), code="taken") from error


def _refusal(error: ValidationError, kind: type[DomainError], *, code: str | None = None) -> DomainError:
    field, messages = next(iter(error.message_dict.items()))
    return kind(messages[0], code=code, field=None if field == "__all__" else field)


def free_slug(name: str, taken: Collection[str], *, length: int = 60) -> str:
    """An address made of the name; of two with one name the second has something added."""
    slug = slugify(name)[:length].strip("-") or new_public_id().lower()
    return slug if slug not in taken else f"{slug[: length - 13]}-{new_public_id().lower()}"
