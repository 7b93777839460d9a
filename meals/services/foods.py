"""The food table in the database: what lines point to and what the back office shows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction

from meals.ingredients.foods import FoodRecord
from meals.models import Food, FoodPortion

BATCH = 2000


@dataclass(frozen=True)
class FoodsLoaded:
    foods: int
    portions: int


@transaction.atomic
def load_foods(*, records: Iterable[FoodRecord]) -> FoodsLoaded:
    """Bring the table to these records: new ones added, changed ones updated, those not named left alone.

    Running it again changes nothing and is quick: only foods that differ are written. The portions of a food that is
    written are replaced as a whole. Returns how many were written.
    """
    stored = {row["usda_id"]: row for row in Food.objects.values("usda_id", "name", "group", "nutrients")}
    foods = portions = 0
    for batch in _batches(record for record in records if _differs(record, stored.get(record.usda_id))):
        Food.objects.bulk_create(
            [_food(record) for record in batch],
            update_conflicts=True,
            unique_fields=["usda_id"],
            update_fields=["name", "group", "calories", "protein_g", "carbs_g", "fat_g", "nutrients"],
        )
        portions += _replace_portions(batch)
        foods += len(batch)
    return FoodsLoaded(foods=foods, portions=portions)


def _differs(record: FoodRecord, row: Mapping[str, Any] | None) -> bool:
    if row is None:
        return True
    return (record.name, record.group, _nutrients(record)) != (row["name"], row["group"], row["nutrients"])


def _nutrients(record: FoodRecord) -> dict[str, str | None]:
    return {name: None if value is None else str(value) for name, value in record.nutrients.items()}


def _batches(records: Iterable[FoodRecord]) -> Iterator[list[FoodRecord]]:
    remaining = iter(records)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _food(record: FoodRecord) -> Food:
    nutrients = record.nutrients
    return Food(
        usda_id=record.usda_id,
        name=record.name,
        group=record.group,
        calories=nutrients["kcal"],
        protein_g=nutrients["protein_g"],
        carbs_g=nutrients["carbs_g"],
        fat_g=nutrients["fat_g"],
        nutrients=_nutrients(record),
    )


def _replace_portions(batch: list[FoodRecord]) -> int:
    ids = dict(Food.objects.filter(usda_id__in=[r.usda_id for r in batch]).values_list("usda_id", "pk"))
    FoodPortion.objects.filter(food_id__in=ids.values()).delete()
    rows = [
        FoodPortion(
            food_id=ids[record.usda_id],
            position=position,
            amount=portion.amount,
            measure=portion.measure[:120],
            grams=portion.grams,
        )
        for record in batch
        for position, portion in enumerate(record.portions, 1)
    ]
    FoodPortion.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)
