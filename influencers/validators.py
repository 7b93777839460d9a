"""What may be said on a creator's page and in an application; models, forms and services ask the same functions."""

from dataclasses import replace
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.validators import validate_link
from fitfoodie.common.errors import DomainError
from influencers.content import PostContent
from meals.enums import Audience
from meals.validators import clean_text, has_something_to_see
from social.enums import WhoMayComment

MAX_SOCIALS = 5
MAX_COLLECTIONS = 50
MAX_COLLECTION_MEALS = 100
MAX_BULK = 100


def validate_socials(values: list[str]) -> None:
    if not isinstance(values, list) or any(not isinstance(value, str) for value in values):
        raise ValidationError(_("Give a list of addresses."), code="invalid")
    if len(values) > MAX_SOCIALS:
        raise ValidationError(_("At most %(count)d profiles."), params={"count": MAX_SOCIALS}, code="too_many")
    if len(set(values)) < len(values):
        raise ValidationError(_("This profile is there twice."), code="duplicate")
    for value in values:
        validate_link(value)


def validate_website(value: str) -> None:
    if value:
        validate_link(value)


MAX_TEXT: Final = 5000
MAX_PHOTOS: Final = 10
MAX_MEALS: Final = 10


def clean_post(content: PostContent) -> PostContent:
    """The same in clean form. Raises DomainError naming the field that cannot stand."""
    _one_of(content.audience, Audience.values, "audience")
    _one_of(content.who_may_comment, WhoMayComment.values, "who_may_comment")
    text = None if content.text is None else _clean(content.text)
    return replace(content, text=text, meals=_clean_meals(content.meals))


def _clean(text: str) -> str:
    cleaned = clean_text(text)
    if not has_something_to_see(cleaned):
        raise DomainError(gettext("Write something first."), code="text_needed", field="text")
    if len(cleaned) > MAX_TEXT:
        raise DomainError(gettext("Keep the post to %d characters.") % MAX_TEXT, code="too_long", field="text")
    return cleaned


def _clean_meals(slugs: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if slugs is None:
        return None
    named = tuple(dict.fromkeys(slug.strip() for slug in slugs if slug.strip()))
    if len(named) > MAX_MEALS:
        raise DomainError(gettext("Link at most %d meals.") % MAX_MEALS, code="too_many", field="meals")
    return named


def _one_of(value: str | None, known: list[str], field: str) -> None:
    if value is not None and value not in known:
        raise DomainError(gettext("Choose one of the offered answers."), code="invalid", field=field)
