"""A recipe of our own, in the two shapes that strangers bring."""

import json

RECIPE = {
    "@context": "https://schema.org",
    "@type": "Recipe",
    "name": "Bean stew",
    "description": "<p>Thick &amp; warm.</p>",
    "author": {"@type": "Person", "name": "Rosa"},
    "publisher": {"@type": "Organization", "name": "Rosa's Table"},
    "url": "https://rosa.test/bean-stew",
    "image": ["https://rosa.test/bean-stew.jpg"],
    "recipeYield": ["4", "4 bowls"],
    "prepTime": "PT10M",
    "cookTime": "PT1H",
    "keywords": "beans, winter",
    "recipeCategory": "Dinner",
    "recipeIngredient": ["400 g beans", "1 onion"],
    "recipeInstructions": [
        {"@type": "HowToStep", "text": "Soak the beans."},
        {
            "@type": "HowToSection",
            "name": "The next day",
            "itemListElement": [{"@type": "HowToStep", "text": "Boil them."}, {"@type": "HowToStep", "name": "Eat."}],
        },
    ],
    "license": "CC0",
}

ROW = {
    "id": "mine:1",
    "lang": "en",
    "title": "Bean stew",
    "description": "Thick.",
    "ingredients": ["400 g white beans", "", "1 jar of happiness"],
    "steps": ["Boil."],
    "notes": ["Keeps three days."],
    "tags": ["beans", "beans"],
    "servings": 4,
    "prep_min": 10,
    "cook_min": None,
    "total_min": None,
    "author": "Rosa",
    "image": "stew.jpg",
    "source": "https://git.test/rosa/recipes",
    "source_path": "stews/bean stew.md",
    "source_commit": "abc",
    "licence": "CC0",
}


def page(recipe: object = RECIPE) -> str:
    script = json.dumps(recipe)
    return f'<html lang="en"><head><script type="application/ld+json">{script}</script></head><body></body></html>'
