"""schema.org Recipe in JSON-LD (https://schema.org/Recipe), and our own export of it (W25)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from meals.content import MealContent, from_json
from meals.importing import values
from meals.importing.recipe import NotARecipeError, ReadRecipe, key_of


def read_json_ld(source: str | Mapping[str, Any] | list[Any], *, url: str = "") -> ReadRecipe:
    """The first recipe in the document. Raises NotARecipeError naming `json_ld`."""
    document = _parsed(source) if isinstance(source, str) else source
    recipe = next(recipes_in(document), None)
    if recipe is None:
        raise NotARecipeError(
            _("There is no recipe in this JSON-LD: an object with “@type”: “Recipe” is looked for."), field="json_ld"
        )
    return read_recipe(recipe, url=url)


def read_all_json_ld(source: str) -> list[ReadRecipe]:
    """Every recipe of a document, such as our export. Raises NotARecipeError naming `json_ld`."""
    found = [read_recipe(recipe) for recipe in recipes_in(_parsed(source))]
    if not found:
        raise NotARecipeError(_("There is no recipe in this JSON-LD."), field="json_ld")
    return found


def recipes_in(node: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Objects of type Recipe, wherever they stand: in a list, in a graph, as the main entity of a page."""
    if depth > values.MOST_DEPTH:
        return
    if isinstance(node, list):
        for entry in node:
            yield from recipes_in(entry, depth + 1)
    elif isinstance(node, Mapping):
        if _is_recipe(node):
            yield node
            return
        for entry in node.values():
            yield from recipes_in(entry, depth + 1)


def read_recipe(recipe: Mapping[str, Any], *, url: str = "") -> ReadRecipe:
    recipe = values.storable(recipe)
    address = url or _address(recipe)
    content = _own_content(recipe) or _foreign_content(recipe, address)
    return ReadRecipe(
        source_key=address or key_of("json-ld", content),
        content=content,
        missing=missing_in(content),
        image=values.first_address(recipe.get("image")),
        original=dict(recipe),
    )


def missing_in(content: MealContent) -> tuple[str, ...]:
    """What a recipe should say and this one does not."""
    expected = ("ingredients", "steps", "servings", "minutes")
    return tuple(name for name in expected if not getattr(content, name))


def _own_content(recipe: Mapping[str, Any]) -> MealContent | None:
    """All that we keep, when the document is an export of ours. Raises NotARecipeError when somebody bent it."""
    kept = recipe.get("fitfoodie:content")
    if not isinstance(kept, Mapping):
        return None
    try:
        return from_json(kept)
    except ValueError as error:
        message = _("“%(field)s” of “fitfoodie:content” is not as we export it. Correct it, or leave it out.")
        raise NotARecipeError(message % {"field": error}, field="json_ld") from None


def _foreign_content(recipe: Mapping[str, Any], address: str) -> MealContent:
    prep, cook = values.minutes(recipe.get("prepTime")), values.minutes(recipe.get("cookTime"))
    return MealContent(
        title=values.line(recipe.get("name"))[:200],
        summary=values.plain(recipe.get("description"))[:2000],
        language=(values.line(recipe.get("inLanguage")) or "en")[:10],
        servings=values.servings(recipe.get("recipeYield")),
        prep_minutes=prep,
        cook_minutes=cook,
        minutes=values.minutes(recipe.get("totalTime")) or ((prep or 0) + (cook or 0)) or None,
        ingredients=values.unique(values.line(entry) for entry in _ingredients(recipe)),
        steps=list(_steps(recipe.get("recipeInstructions"))),
        tags=_tags(recipe),
        source_url=address,
        source_name=values.name_of(recipe.get("publisher"))[:200],
        source_author=values.name_of(recipe.get("author"))[:200],
        source_licence=values.line(recipe.get("license"))[:200],
    )


def _ingredients(recipe: Mapping[str, Any]) -> list[Any]:
    return values.as_list(recipe.get("recipeIngredient") or recipe.get("ingredients"))


def _steps(node: Any, depth: int = 0) -> Iterator[str]:
    """Steps in order; a section's name becomes a heading line. Sites write texts, steps, sections and lists of each."""
    if depth > values.MOST_DEPTH:
        return
    for entry in values.as_list(node):
        if not isinstance(entry, Mapping):
            yield from values.plain(entry).split("\n") if values.plain(entry) else ()
        elif "itemListElement" in entry:
            if name := values.line(entry.get("name")).rstrip(":"):
                yield f"{name}:"
            yield from _steps(entry["itemListElement"], depth + 1)
        elif text := values.line(entry.get("text") or entry.get("name")):
            yield text


def _tags(recipe: Mapping[str, Any]) -> list[str]:
    found = [word for key in ("keywords", "recipeCategory", "recipeCuisine") for word in values.words(recipe.get(key))]
    return [tag for tag in values.unique(found) if len(tag) <= 60][:20]


def _address(recipe: Mapping[str, Any]) -> str:
    for key in ("isBasedOn", "url", "mainEntityOfPage", "@id"):
        if address := values.first_address(_with_url(recipe.get(key))):
            return address
    return ""


def _with_url(value: Any) -> Any:
    return value.get("@id") or value.get("url") if isinstance(value, Mapping) else value


def _is_recipe(node: Mapping[str, Any]) -> bool:
    return any(str(kind).rsplit("/", 1)[-1] == "Recipe" for kind in values.as_list(node.get("@type")))


def _parsed(source: str) -> Any:
    try:
        return json.loads(source)
    except (ValueError, RecursionError) as error:
        where = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        raise NotARecipeError(_("This is not JSON%s.") % where, field="json_ld") from None
