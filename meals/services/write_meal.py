"""Writing a meal down, and changing what it says."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import NotAllowedError, StaleVersionError
from fitfoodie.events.services import record
from meals import rules
from meals.content import BLANK, NUTRIENTS, UNSET, MealContent
from meals.enums import MealStatus, NutritionSource
from meals.events import MealCreated, MealEdited
from meals.models import Meal, MealRevision, Step, Tag
from meals.services.locking import locked_meal
from meals.services.recompute import derive, write_ingredients
from meals.services.slugs import free_slug
from meals.validators import InvalidMealError, clean_content

_COLUMNS = (
    "title",
    "summary",
    "notes",
    "language",
    "servings",
    "prep_minutes",
    "cook_minutes",
    "minutes",
    "audience",
    "price",
    "portions_per_day",
    "source_url",
    "source_name",
    "source_author",
    "source_licence",
)


@transaction.atomic
def create_meal(*, creator: User, content: MealContent, now: datetime) -> Meal:
    """A new draft with what is given; only the title must be there.

    Raises NotAllowedError, or InvalidMealError naming every field that cannot stand.
    """
    if not rules.may_write(creator):
        raise NotAllowedError(_("Sign in to write down a meal."))
    cleaned = clean_content(content)
    if not cleaned.title or cleaned.title is UNSET:
        raise InvalidMealError({"title": _("Give it a title, so that people can find it.")})
    full = cleaned.over(BLANK)
    meal = Meal(creator=creator)
    _write_columns(meal, full)
    _save_under_free_slug(meal)
    _write_parts(meal, full, only=None)
    _keep_revision(meal, full, editor=creator, changed=[], now=now)
    record(
        MealCreated(meal_id=meal.pk, creator_id=creator.pk, slug=meal.slug, is_imported=bool(meal.source_url)),
        actor=creator,
        subject=meal,
    )
    return meal


@transaction.atomic
def edit_meal(*, meal_id: int, editor: User, content: MealContent, expected_version: int, now: datetime) -> Meal:
    """Change what is mentioned in `content`; a save that changes nothing is no new version.

    Locks the meal. Raises NotAllowedError, StaleVersionError with the version now stored when somebody saved in
    between (REC-9), InvalidMealError.
    """
    meal = locked_meal(meal_id)
    if not rules.may_edit(editor, meal):
        raise NotAllowedError(_("Only the creator may change this meal."))
    if meal.version != expected_version:
        raise StaleVersionError(
            _("Somebody saved this meal after you opened it. Look at both versions, then save again."),
            current=meal.version,
        )
    before = content_of(meal)
    cleaned = clean_content(content)
    changed = cleaned.changed_from(before)
    if not changed:
        return meal
    after = _with_sum(cleaned.over(before), before)
    _write_columns(meal, after)
    meal.version += 1
    if "title" in changed and meal.published_at is None:
        _save_under_free_slug(meal)
    else:
        meal.save()
    _write_parts(meal, after, only=changed)
    _keep_revision(meal, after, editor=editor, changed=changed, now=now)
    _tell_edited(meal, editor, changed)
    return meal


def _with_sum(after: MealContent, before: MealContent) -> MealContent:
    """A total that was the sum of its parts stays so when only the parts change."""
    was_sum = before.minutes is not None and before.minutes == _number(before.prep_minutes) + _number(
        before.cook_minutes
    )
    has_parts = bool(after.prep_minutes or after.cook_minutes)
    if was_sum and has_parts and after.minutes == before.minutes:
        return MealContent(minutes=None).over(after)
    return after


def content_of(meal: Meal) -> MealContent:
    """What the meal says now, with every field given."""
    columns = {name: getattr(meal, name) for name in _COLUMNS}
    by_hand = meal.nutrition_source == NutritionSource.BY_HAND
    return MealContent(
        **columns,
        ingredients=_with_headings((line.section, line.text) for line in meal.ingredients.all()),
        steps=_with_headings((step.section, step.text) for step in meal.steps.all()),
        tags=tuple(tag.name for tag in sorted(meal.tags.all(), key=lambda tag: tag.pk)),
        nutrition={name: getattr(meal, name) for name in NUTRIENTS} if by_hand else None,
        diets=meal.diets if meal.diets_source == NutritionSource.BY_HAND else None,
        allergens=meal.allergens if meal.allergens_source == NutritionSource.BY_HAND else None,
    )


def _with_headings(rows: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Lines as the creator typed them: each section as a line with a colon before its first line."""
    lines: list[str] = []
    current = ""
    for section, text in rows:
        if section != current:
            lines.append(f"{section}:")
            current = section
        lines.append(text)
    return tuple(lines)


def _write_columns(meal: Meal, content: MealContent) -> None:
    for name in _COLUMNS:
        setattr(meal, name, getattr(content, name))
    _write_nutrition(meal, content)
    meal.diets_source = _source(content.diets)
    meal.allergens_source = _source(content.allergens)
    if isinstance(content.diets, frozenset):
        meal.diets = content.diets
    if isinstance(content.allergens, frozenset):
        meal.allergens = content.allergens
    if content.minutes is None and (content.prep_minutes or content.cook_minutes):
        meal.minutes = _number(content.prep_minutes) + _number(content.cook_minutes)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _write_nutrition(meal: Meal, content: MealContent) -> None:
    meal.nutrition_source = _source(content.nutrition)
    if isinstance(content.nutrition, dict):
        for name in NUTRIENTS:
            setattr(meal, name, content.nutrition.get(name))


def _source(value: object) -> NutritionSource:
    return NutritionSource.COMPUTED if value is None else NutritionSource.BY_HAND


def _save_under_free_slug(meal: Meal) -> None:
    """Two who take one title at once: the second gets the name with its id."""
    meal.slug = free_slug(meal)
    try:
        with transaction.atomic():
            meal.save()
    except IntegrityError:
        meal.slug = f"{meal.slug}-{meal.public_id}"
        meal.save()


_DERIVED_FROM = frozenset({"servings", "nutrition", "diets", "allergens"})


def _write_parts(meal: Meal, content: MealContent, *, only: Sequence[str] | None) -> None:
    """The rows beside the meal, and what is computed from them; `only` names the fields that changed."""
    changed = set(only) if only is not None else {"steps", "tags", "ingredients"}
    if "steps" in changed:
        _write_steps(meal, _texts(content.steps))
    if "tags" in changed:
        meal.tags.set(_tags(_texts(content.tags)))
    if "ingredients" in changed:
        write_ingredients(meal, _texts(content.ingredients))
    elif changed & _DERIVED_FROM:
        derive(meal)


def _texts(value: object) -> Sequence[str]:
    return value if isinstance(value, list | tuple) else ()


HEADING_LENGTH = 120


def _write_steps(meal: Meal, texts: Sequence[str]) -> None:
    steps: list[Step] = []
    section = ""
    for text in texts:
        if text.endswith((":", "：")) and len(text) <= HEADING_LENGTH and "\n" not in text:
            section = text[:-1].strip()
            continue
        steps.append(Step(meal=meal, position=len(steps) + 1, section=section, text=text))
    meal.steps.all().delete()
    Step.objects.bulk_create(steps)


def _tags(names: Sequence[str]) -> list[Tag]:
    """The tags of these names, made when new; names that come to one slug are one tag."""
    by_slug = {slugify(name, allow_unicode=True)[:60]: name for name in reversed(names)}
    by_slug.pop("", None)
    Tag.objects.bulk_create(
        [Tag(slug=slug, name=name) for slug, name in reversed(by_slug.items())], ignore_conflicts=True
    )
    return list(Tag.objects.filter(slug__in=by_slug))


def _keep_revision(meal: Meal, content: MealContent, *, editor: User, changed: list[str], now: datetime) -> None:
    MealRevision.objects.create(
        meal=meal,
        version=meal.version,
        editor=editor,
        content=content.to_json(),
        changed=changed,
        saved_at=now,
        is_shown=meal.is_public,
    )


def _tell_edited(meal: Meal, editor: User, changed: list[str]) -> None:
    fact = MealEdited(
        meal_id=meal.pk,
        creator_id=meal.creator_id,
        slug=meal.slug,
        version=meal.version,
        changed=",".join(changed),
        status=MealStatus(meal.status).value,
    )
    record(fact, actor=editor, subject=meal)
