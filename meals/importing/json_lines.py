"""Recipes in bulk: one JSON object a line, with the keys of README's "Bringing recipes in"."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from django.utils.translation import gettext as _

from meals.content import MealContent
from meals.importing import values
from meals.importing.json_ld import missing_in
from meals.importing.recipe import NotARecipeError, ReadRecipe, key_of

_MOST_TAGS: Final = 20


def read_json_lines(lines: Iterator[str]) -> Iterator[tuple[int, ReadRecipe | NotARecipeError]]:
    """Each line's number with its recipe, or with the error that names what is wrong in it; empty lines are passed."""
    for number, text in enumerate(lines, 1):
        if text.strip():
            yield number, _read(number, text)


def _read(number: int, text: str) -> ReadRecipe | NotARecipeError:
    try:
        return read_row(json.loads(text))
    except json.JSONDecodeError as error:
        return NotARecipeError(
            _("Line %(n)d is not JSON: %(why)s.") % {"n": number, "why": error}, field=f"line {number}"
        )
    except NotARecipeError as error:
        return _wrong(number, error.message)
    except RecursionError:
        return _wrong(number, _("nested too deeply"))
    except ValueError:  # the one other thing that Python's reader refuses
        return _wrong(number, _("a number has too many digits."))


def _wrong(number: int, why: str) -> NotARecipeError:
    return NotARecipeError(_("Line %(n)d: %(why)s") % {"n": number, "why": why}, field=f"line {number}")


def read_row(row: Any) -> ReadRecipe:
    """Raises NotARecipeError naming the key that is missing or of the wrong kind."""
    if not isinstance(row, Mapping):
        raise NotARecipeError(_("an object with a “title” is expected."))
    row = values.storable(row)
    for key in ("ingredients", "steps", "notes", "tags"):
        if not isinstance(row.get(key) or [], list):
            raise NotARecipeError(_("“%s” must be a list of texts.") % key, field=key)
    content = _content(row)
    if not content.title:
        raise NotARecipeError(_("“title” is missing."), field="title")
    return ReadRecipe(
        source_key=(values.line(row.get("id")) or _source_url(row) or key_of("line", content))[:1000],
        content=content,
        missing=missing_in(content),
        image=values.line(row.get("image")),
        original=dict(row),
    )


def _content(row: Mapping[str, Any]) -> MealContent:
    prep, cook = values.minutes(row.get("prep_min")), values.minutes(row.get("cook_min"))
    return MealContent(
        title=values.line(row.get("title"))[:200],
        summary=values.plain(row.get("description"))[:2000],
        notes="\n\n".join(values.unique(values.plain(note) for note in row.get("notes") or []))[:10000],
        language=(values.line(row.get("lang")) or "en")[:10],
        servings=values.servings(row.get("servings")),
        prep_minutes=prep,
        cook_minutes=cook,
        minutes=values.minutes(row.get("total_min")) or ((prep or 0) + (cook or 0)) or None,
        ingredients=[text for text in map(values.line, row.get("ingredients") or []) if text],
        steps=[text for text in map(values.line, row.get("steps") or []) if text],
        tags=values.unique(values.line(tag)[:60] for tag in row.get("tags") or [])[:_MOST_TAGS],
        source_url=_source_url(row),
        source_name=values.line(row.get("source")).removeprefix("https://").removeprefix("http://")[:200],
        source_author=values.line(row.get("author"))[:200],
        source_licence=values.line(row.get("licence"))[:200],
    )


def _source_url(row: Mapping[str, Any]) -> str:
    """The very file, where the source is a repository that says which."""
    source, path, commit = (values.line(row.get(key)) for key in ("source", "source_path", "source_commit"))
    if not source.startswith(("https://", "http://")):
        return values.first_address(row.get("url"))
    exact = f"{source}/blob/{commit}/{quote(path)}"
    return exact if path and commit and len(exact) <= 1000 else source
