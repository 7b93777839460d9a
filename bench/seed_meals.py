"""Fills a database with meals made from real recipes: `python bench/seed_meals.py --data DIR --count 100000`.

The texts are read from the folder at run time. Every meal is a recipe with another title, a few ingredient lines of
other recipes, and figures drawn from a seeded generator, so that two runs make the same meals. Rows go in by bulk
insert, past the services and their events; the search index is rebuilt at the end.
"""

import argparse
import itertools
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fitfoodie.settings.development")

import django

BATCH = 1000
CREATORS = 200
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
QUALITIES = ("Quick", "Easy", "Spicy", "Creamy", "Sunday", "Light", "Smoky", "Weeknight", "Crispy", "Grandma's")
QUALITIES_ZH = ("家常", "快手", "香辣", "清淡", "秘制", "低脂")


def recipes(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "recipes" / "recipes.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def varied_title(recipe: dict[str, Any], other: dict[str, Any], chance: random.Random) -> str:
    """The title, a quality, and what another dish of the language is called or tagged."""
    if recipe["lang"] == "zh":
        return f"{chance.choice(QUALITIES_ZH)}{recipe['title']}配{other['title']}"[:200]
    with_what = chance.choice(other["tags"] or other["title"].split())
    forms = (
        recipe["title"],
        f"{chance.choice(QUALITIES)} {recipe['title']}",
        f"{recipe['title']} with {with_what}",
        f"{chance.choice(QUALITIES)} {recipe['title']} and {with_what}",
    )
    return chance.choice(forms)[:200]


def varied_ingredients(recipe: dict[str, Any], other: dict[str, Any], chance: random.Random) -> list[str]:
    own = recipe["ingredients"][:12]
    kept = [line for line in own if chance.random() < 0.85] or own
    borrowed = chance.sample(other["ingredients"], min(2, len(other["ingredients"])))
    return [line[:500] for line in [*kept, *borrowed]]


def batches_of_meals(folder: Path, count: int, seed: int) -> Iterator[list[tuple[dict[str, Any], dict[str, Any]]]]:
    """Pairs of a recipe and another one of its language, in batches."""
    chance = random.Random(seed)
    every = recipes(folder)
    by_language: dict[str, list[dict[str, Any]]] = {}
    for recipe in every:
        by_language.setdefault(recipe["lang"], []).append(recipe)
    pairs = ((recipe, chance.choice(by_language[recipe["lang"]])) for recipe in itertools.cycle(every))
    limited = itertools.islice(pairs, count)
    while batch := list(itertools.islice(limited, BATCH)):
        yield batch


def seed_meals(folder: Path, *, count: int, seed: int = 1) -> int:
    """Adds published meals until there are `count`; returns how many were added."""
    from accounts.models import Profile, User
    from meals.models import Meal, Tag

    have = Meal.objects.count()
    if have >= count:
        return 0
    creators = [User(email=f"bench{n}@example.test", handle=f"bench{n}", name=f"Cook {n}") for n in range(CREATORS)]
    User.objects.bulk_create(creators, ignore_conflicts=True)
    people = list(User.objects.filter(handle__startswith="bench").order_by("pk"))
    Profile.objects.bulk_create([Profile(user=person) for person in people], ignore_conflicts=True)
    names = {tag[:60] for recipe in recipes(folder) for tag in recipe["tags"]}
    Tag.objects.bulk_create([Tag(slug=name, name=name) for name in sorted(names)], ignore_conflicts=True)
    tags = dict(Tag.objects.values_list("slug", "pk"))
    chance = random.Random(seed + have)
    added = 0
    for pairs in batches_of_meals(folder, count - have, seed + have):
        _insert(pairs, have + added, people, tags, chance)
        added += len(pairs)
    return added


def _insert(
    pairs: list[tuple[dict[str, Any], dict[str, Any]]],
    first: int,
    people: list[Any],
    tags: dict[str, int],
    chance: random.Random,
) -> None:
    from django.db import transaction

    from meals.models import IngredientLine, Meal, Step

    meals = [_meal(Meal, recipe, other, first + n, people, chance) for n, (recipe, other) in enumerate(pairs)]
    with transaction.atomic():
        Meal.objects.bulk_create(meals)
        lines, steps, links = [], [], []
        for meal, (recipe, other) in zip(meals, pairs, strict=True):
            texts = varied_ingredients(recipe, other, chance)
            lines += [IngredientLine(meal=meal, position=n, text=text) for n, text in enumerate(texts)]
            steps += [Step(meal=meal, position=n, text=text[:5000]) for n, text in enumerate(recipe["steps"][:6])]
            links += [Meal.tags.through(meal=meal, tag_id=tags[tag[:60]]) for tag in dict.fromkeys(recipe["tags"])]
        IngredientLine.objects.bulk_create(lines, batch_size=BATCH)
        Step.objects.bulk_create(steps, batch_size=BATCH)
        Meal.tags.through.objects.bulk_create(links, batch_size=BATCH)


def _meal(
    model: Any, recipe: dict[str, Any], other: dict[str, Any], number: int, people: list[Any], chance: random.Random
) -> Any:
    from fitfoodie.common.dietary import Allergen, Diet
    from meals.enums import MealStatus

    minutes = chance.choice([10, 15, 20, 30, 45, 60, 90, 120])
    return model(
        slug=f"bench-{number}",
        creator=chance.choice(people),
        title=varied_title(recipe, other, chance),
        summary=(recipe["description"] or "")[:2000],
        language=recipe["lang"],
        status=MealStatus.PUBLISHED,
        published_at=EPOCH - timedelta(minutes=number),
        servings=chance.randint(1, 8),
        minutes=minutes,
        diets=frozenset(chance.sample(Diet.values, chance.randint(0, 4))),
        allergens=frozenset(chance.sample(Allergen.values, chance.randint(0, 4))),
        has_complete_traits=chance.random() < 0.8,
        calories=chance.randint(80, 1200),
        protein_g=chance.randint(1, 80),
        carbs_g=chance.randint(1, 150),
        fat_g=chance.randint(1, 80),
        save_count=int(chance.paretovariate(0.8)) % 5000,
        rating_average=chance.choice([None, 3, 4, 4.5, 5]),
        rating_count=chance.randint(0, 200),
        price=chance.choice([None, None, None, 9, 12, 15]),
    )


def fill(folder: Path, *, count: int, seed: int = 1) -> None:
    """Meals, their search index, and the statistics that the database would gather by and by."""
    from fitfoodie.search import services

    started = time.perf_counter()
    added = seed_meals(folder, count=count, seed=seed)
    print(f"{added} meals added in {time.perf_counter() - started:.0f} s")
    started = time.perf_counter()
    print(f"{services.rebuild('meals')} meals indexed in {time.perf_counter() - started:.0f} s")
    tidy()


def tidy() -> None:
    """What the database does by itself after a while: statistics, and pages marked as visible to all."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("FITFOODIE_DATA"), help="the shared data folder")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.data is None:
        parser.error("name the data folder by --data or FITFOODIE_DATA")
    django.setup()
    fill(options.data, count=options.count, seed=options.seed)


if __name__ == "__main__":
    main()
