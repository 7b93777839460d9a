"""Collections: made, changed, laid out, deleted by their creator alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, DomainError
from fitfoodie.common.ids import new_public_id
from fitfoodie.events.services import record
from influencers.events import CollectionCreated, CollectionDeleted, CollectionUpdated
from influencers.models import Collection, CollectionItem
from influencers.services.page import require_editor
from influencers.validators import MAX_COLLECTION_MEALS, MAX_COLLECTIONS
from meals.models import Meal

FIELDS = ("title", "description", "is_public", "position")
# Words that are routes beside a collection's address.
RESERVED = frozenset({"new"})


@transaction.atomic
def create_collection(
    *, user: User, title: str, now: datetime, description: str = "", is_public: bool = True, meals: Sequence[str] = ()
) -> Collection:
    """At the end of the creator's. `meals` are slugs of the creator's own, in order.

    Locks the person, so that positions and their number are right. Raises NotAllowedError, ConflictError
    (`too_many`), ValidationError by field.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    require_editor(person)
    own = Collection.objects.filter(creator=person)
    if own.count() >= MAX_COLLECTIONS:
        raise ConflictError(_("You have %d collections, the most there can be.") % MAX_COLLECTIONS, code="too_many")
    last = own.aggregate(last=Max("position"))["last"]
    collection = Collection(
        creator=person,
        title=title.strip(),
        description=description.strip(),
        is_public=is_public,
        position=0 if last is None else last + 1,
    )
    _check(collection)
    _save_under_free_slug(collection)
    _lay_out(collection, meals)
    payload = CollectionCreated(
        collection_id=collection.pk, creator_id=person.pk, slug=collection.slug, is_open=is_public
    )
    record(payload, actor=user, subject=collection)
    return collection


@transaction.atomic
def change_collection(*, collection_id: int, user: User, changes: Mapping[str, Any], now: datetime) -> Collection:
    """Save what is named: title, description, is_public, position, and `meals`, slugs in order that replace those
    there. The address stays. Locks the collection. Raises Collection.DoesNotExist for those of others (SEC-9)."""
    collection = _own(collection_id, user)
    for name in sorted(set(changes) - {*FIELDS, "meals"}):
        raise DomainError(_("This cannot be changed here."), code="unknown_field", field=name)
    changed = _apply(collection, changes)
    if "meals" in changes and _lay_out(collection, changes["meals"]):
        changed.append("meals")
    if changed:
        collection.save()
        payload = CollectionUpdated(
            collection_id=collection.pk,
            creator_id=user.pk,
            slug=collection.slug,
            is_open=collection.is_public,
            fields=sorted(changed),
        )
        record(payload, actor=user, subject=collection)
    return collection


@transaction.atomic
def delete_collection(*, collection_id: int, user: User, now: datetime) -> None:
    """The meals stay. Locks the collection. Raises Collection.DoesNotExist for those of others (SEC-9)."""
    collection = _own(collection_id, user)
    payload = CollectionDeleted(collection_id=collection.pk, creator_id=user.pk, slug=collection.slug)
    record(payload, actor=user, subject=collection)
    collection.delete()


def _own(collection_id: int, user: User) -> Collection:
    require_editor(user)
    return Collection.objects.select_for_update().editable_by(user).get(pk=collection_id)


def _apply(collection: Collection, changes: Mapping[str, Any]) -> list[str]:
    changed = []
    for name in FIELDS:
        value = changes.get(name, getattr(collection, name))
        value = value.strip() if isinstance(value, str) else value
        if value != getattr(collection, name):
            setattr(collection, name, value)
            changed.append(name)
    _check(collection)
    return changed


def _check(collection: Collection) -> None:
    collection.clean_fields(exclude={"creator", "slug"})


def _save_under_free_slug(collection: Collection) -> None:
    base = slugify(collection.title, allow_unicode=True)[:120].strip("-_")
    taken = base in RESERVED or Collection.objects.filter(creator=collection.creator, slug=base).exists()
    collection.slug = base if base and not taken else f"{base}-{new_public_id()}".lstrip("-")
    try:
        with transaction.atomic():
            collection.save()
    except IntegrityError:
        collection.slug = f"{base}-{new_public_id()}".lstrip("-")
        collection.save()


def _lay_out(collection: Collection, slugs: Sequence[str]) -> bool:
    """These meals in this order; whether that is new. Raises ValidationError for meals that are not one's own."""
    wanted = list(dict.fromkeys(slugs))
    if len(wanted) > MAX_COLLECTION_MEALS:
        raise ValidationError({"meals": _("At most %d meals in one collection.") % MAX_COLLECTION_MEALS})
    own = dict(Meal.objects.filter(creator=collection.creator, slug__in=wanted).values_list("slug", "pk"))
    missing = [slug for slug in wanted if slug not in own]
    if missing:
        raise ValidationError({"meals": _("“%s” is not a meal of yours.") % missing[0]})
    meal_ids = [own[slug] for slug in wanted]
    items = CollectionItem.objects.filter(collection=collection)
    if list(items.order_by("position", "pk").values_list("meal_id", flat=True)) == meal_ids:
        return False
    items.delete()
    CollectionItem.objects.bulk_create(
        [CollectionItem(collection=collection, meal_id=pk, position=place) for place, pk in enumerate(meal_ids)]
    )
    return True
