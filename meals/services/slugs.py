"""The part of the address that names a meal."""

from typing import Final

from django.utils.text import slugify

from meals.models import Meal

# Words that are routes beside `meals/<slug>`, on the pages or in the API.
RESERVED: Final = frozenset({"discover", "facets", "import", "new", "saved", "search", "suggest"})
MAX_SLUG: Final = 120


def free_slug(meal: Meal) -> str:
    """From the title, with the public id behind it when the name is taken, reserved, or holds no letters."""
    base = slugify(meal.title, allow_unicode=True)[:MAX_SLUG].strip("-_")
    taken = base in RESERVED or Meal.objects.filter(slug=base).exclude(pk=meal.pk).exists()
    if base and not taken:
        return base
    return f"{base}-{meal.public_id}".lstrip("-")
