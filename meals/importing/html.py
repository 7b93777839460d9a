"""A web page, read by the recipe-scrapers library: it knows hundreds of sites, and schema.org on the others."""

import dataclasses
import re
import warnings
from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from recipe_scrapers import AbstractScraper, scrape_html

from meals.content import MealContent
from meals.importing import values
from meals.importing.json_ld import missing_in, read_json_ld
from meals.importing.recipe import NotARecipeError, ReadRecipe, key_of

# What the library is told for a page that was pasted: no site has this name (RFC 2606).
PASTED: Final = "https://pasted.invalid/"
_JSON_LD: Final = re.compile(r"""<script[^>]*application/ld\+json[^>]*>(.*?)</script>""", re.IGNORECASE | re.DOTALL)


def read_html(page: str, *, url: str = "") -> ReadRecipe:
    """Raises NotARecipeError naming `url` or `html`, with what to try instead."""
    scraper = _scraper(page, url or PASTED)
    content = _completed(_content(scraper, url), page, url)
    if not content.title or not (content.ingredients or content.steps):
        raise _no_recipe(url)
    return ReadRecipe(
        source_key=url or _asked(scraper.canonical_url, "") or key_of("html", content),
        content=content,
        missing=missing_in(content),
        image=values.first_address(_asked(scraper.image, "")),
        original={"title": content.title},
    )


def _completed(content: MealContent, page: str, url: str) -> MealContent:
    """What the library could not make sense of, from the page's own structured data, read more leniently."""
    gaps = [name for name in ("title", "ingredients", "steps", "servings") if not getattr(content, name)]
    if not gaps:
        return content
    for script in _JSON_LD.findall(page):
        try:
            other = read_json_ld(script, url=url).content
        except NotARecipeError:
            continue
        return dataclasses.replace(content, **{name: getattr(other, name) for name in gaps})
    return content


def _scraper(page: str, url: str) -> AbstractScraper:
    with warnings.catch_warnings():
        # The library warns of what its sites do not say; we say it ourselves, as `missing`.
        warnings.simplefilter("ignore")
        try:
            return scrape_html(page, org_url=url, supported_only=False)
        except Exception as error:  # the parsers below it raise whatever a broken page makes them
            raise _no_recipe("" if url == PASTED else url) from error


def _no_recipe(url: str) -> NotARecipeError:
    if url:
        message = _(
            "There is no recipe we can read at this address. Copy the page's text or source and paste it instead."
        )
        return NotARecipeError(message, field="url")
    message = _("There is no recipe we can read in this page. Type it in by hand, a line for each ingredient.")
    return NotARecipeError(message, field="html")


def _content(scraper: AbstractScraper, url: str) -> MealContent:
    prep, cook = values.minutes(_asked(scraper.prep_time, None)), values.minutes(_asked(scraper.cook_time, None))
    total = values.minutes(_asked(scraper.total_time, None))
    return MealContent(
        title=values.line(_asked(scraper.title, ""))[:200],
        summary=values.plain(_asked(scraper.description, ""))[:2000],
        language=(values.line(_asked(scraper.language, "")) or "en")[:10],
        servings=values.servings(_asked(scraper.yields, None)),
        prep_minutes=prep,
        cook_minutes=cook,
        minutes=total or ((prep or 0) + (cook or 0)) or None,
        ingredients=_ingredients(scraper),
        steps=[
            step for text in _asked(scraper.instructions_list, []) for step in values.plain(text).split("\n") if step
        ],
        tags=[tag for tag in values.unique(_tags(scraper)) if len(tag) <= 60][:20],
        source_url=url,
        source_name=values.line(_asked(scraper.site_name, ""))[:200] or ("" if not url else scraper.host() or ""),
        source_author=values.line(_asked(scraper.author, ""))[:200],
    )


def _ingredients(scraper: AbstractScraper) -> list[str]:
    """Lines with the names of their groups as headings."""
    lines: list[str] = []
    for group in _asked(scraper.ingredient_groups, []):
        if group.purpose:
            lines.append(f"{values.line(group.purpose).rstrip(':')}:")
        lines.extend(text for text in map(values.line, group.ingredients) if text)
    return lines or [text for text in map(values.line, _asked(scraper.ingredients, [])) if text]


def _tags(scraper: AbstractScraper) -> list[str]:
    asked = (_asked(scraper.keywords, []), _asked(scraper.category, ""), _asked(scraper.cuisine, ""))
    return [word for value in asked for word in values.words(value)]


def _asked(question: Callable[[], Any], otherwise: Any) -> Any:
    """The library's answer; what a page does not say it answers with one of many exceptions."""
    try:
        answer = question()
    except Exception:  # noqa: BLE001  any failure of one field leaves the others readable
        return otherwise
    return otherwise if answer is None else answer
