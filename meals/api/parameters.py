"""The filters of meal lists, as the reference shows them. The grammar itself is `meals.filters`."""

from drf_spectacular.utils import OpenApiParameter

from fitfoodie.common.api.reference import query
from fitfoodie.common.dietary import Allergen, Diet
from meals.filters import MAX_NUMBER, MAX_QUERY_LENGTH, MAX_VALUES, ORDERINGS

_AMOUNT = {"type": "number", "minimum": 0, "maximum": MAX_NUMBER}


def _several(values: list[str] | None = None) -> dict[str, object]:
    item: dict[str, object] = {"type": "string"} | ({"enum": values} if values else {})
    return {"type": "array", "items": item, "maxItems": MAX_VALUES}


FILTERS: list[OpenApiParameter] = [
    query("q", "Words to search for; typing mistakes are forgiven.", {"type": "string", "maxLength": MAX_QUERY_LENGTH}),
    query("diet", "Every one must fit.", _several(list(Diet.values)), explode=True),
    query(
        "exclude_allergen",
        "None may be there; meals with unknown ingredients are left out.",
        _several(list(Allergen.values)),
        explode=True,
    ),
    query("tag", "Slug; any of them.", _several(), explode=True),
    query("creator", "Handle; any of them.", _several(), explode=True),
    query("max_calories", "kcal per serving.", _AMOUNT),
    query("min_protein", "Grams per serving.", _AMOUNT),
    query("max_minutes", "Total time.", {"type": "integer", "minimum": 0, "maximum": MAX_NUMBER}),
    query("min_rating", "Average of the reviews.", {"type": "number", "minimum": 0, "maximum": 5}),
    query("orderable", "Only what can be ordered, or only what cannot.", {"type": "boolean"}),
]
ORDERING = query(
    "ordering",
    "A leading minus reverses. `relevance` when searching, else `newest`.",
    {"type": "string", "enum": [sign + name for name in ORDERINGS for sign in ("", "-")]},
)
FILTER_NAMES = frozenset(parameter.name for parameter in FILTERS)
