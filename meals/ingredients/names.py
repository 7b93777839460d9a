"""Words of a food's name in one form: lower case, no accents, singular, one spelling; and which of them say little."""

import re
import unicodedata
from functools import lru_cache

# Spellings, regional names and frequent slips, word for word. Names of several words live in the alias table.
_SPELLING = {
    "chilli": "chili", "chile": "chili", "chilly": "chili", "chily": "chili", "yoghurt": "yogurt",
    "tumeric": "turmeric", "curcuma": "turmeric", "mayo": "mayonnaise", "bullion": "bouillon", "cinamon": "cinnamon",
    "cinnamom": "cinnamon", "cinnamonn": "cinnamon", "cinammon": "cinnamon", "worchestershire": "worcestershire",
    "worcester": "worcestershire", "brocolli": "broccoli", "broccli": "broccoli", "brocoli": "broccoli",
    "parmigiano": "parmesan", "reggiano": "", "tinned": "canned", "caned": "canned", "porkchop": "pork chop",
    "shitake": "shiitake", "champignon": "mushroom", "puree": "puree", "puré": "puree", "vinegear": "vinegar",
    "vinnegar": "vinegar", "whine": "wine", "soya": "soy", "poatoe": "potato", "pototo": "potato",
    "tomatoe": "tomato", "potatoe": "potato", "sweetpotato": "sweet potato", "bulion": "bouillon", "freshy": "",
    "coursely": "", "gerkin": "gherkin", "ckicken": "chicken", "emental": "emmental", "edamer": "edam",
    "bulghur": "bulgur", "bulgar": "bulgur", "annato": "annatto", "habenero": "habanero", "sautee": "saute",
    "savoury": "savory", "flavour": "flavor", "filet": "fillet", "hommus": "hummus", "linguini": "linguine",
    "jalepeno": "jalapeno", "cheeze": "cheese", "creme": "cream", "paprica": "paprika", "parsely": "parsley",
    "origan": "oregano", "bayleaf": "bay leaf", "bellpepper": "bell pepper", "greenbean": "green bean",
    "cornstarch": "cornstarch", "margarin": "margarine", "koser": "kosher", "majoran": "marjoram", "zaatar": "zaatar",
    "worcestire": "worcestershire", "nutrional": "nutritional", "loorber": "bay", "mozarella": "mozzarella",
    "capsicum": "bell pepper", "scallion": "green onion", "ap": "all purpose", "veggie": "vegetable",
    "veg": "vegetable", "shroom": "mushroom", "breadcrumb": "bread crumb", "cornflour": "corn flour",
    "wholemeal": "whole wheat", "evoo": "olive oil", "coriander": "coriander", "grinded": "ground",
    "smokey": "smoked", "smoky": "smoked", "wholewheat": "whole wheat",
}  # fmt: skip

_SINGULAR = {
    "leaves": "leaf", "loaves": "loaf", "halves": "half", "knives": "knife", "calves": "calf", "tomatoes": "tomato",
    "potatoes": "potato", "mangoes": "mango", "mangos": "mango", "chilies": "chili", "chillies": "chili",
    "cookies": "cookie", "brownies": "brownie", "anchovies": "anchovy", "olives": "olive", "chives": "chive",
    "endives": "endive", "cloves": "clove", "radishes": "radish", "peaches": "peach", "molasses": "molasses",
    "hummus": "hummus", "asparagus": "asparagus", "couscous": "couscous", "citrus": "citrus", "swiss": "swiss",
    "swede": "swede", "lentils": "lentil", "brussels": "brussels", "brussel": "brussels", "octopus": "octopus",
    "bass": "bass", "dates": "date", "cassis": "cassis", "veggies": "veggie", "grits": "grits", "oats": "oats",
    "oat": "oats", "schnapps": "schnapps", "pastries": "pastry", "ladies": "lady", "leafs": "leaf",
    "molass": "molasses", "haas": "hass", "series": "series", "smoothies": "smoothie", "pies": "pie", "au": "au",
    "jus": "jus", "hominys": "hominy", "bras": "bras", "gas": "gas", "zucchinis": "zucchini", "chilis": "chili",
    "kiwis": "kiwi", "broccolis": "broccoli", "bayleaves": "bay leaf", "bayleafs": "bay leaf",
}  # fmt: skip


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# How it was cut, warmed or chosen: never another food.
PREPARED = word_set(
    """
    freshly fresh finely fine roughly coarsely coarse thinly thin thickly thick lightly loosely firmly tightly
    chopped diced minced sliced grated shredded crumbled cubed halved quartered peeled unpeeled cored seeded
    deseeded pitted trimmed washed rinsed drained cleaned torn julienned slivered packed softened chilled cold
    warm lukewarm tepid boiling beaten whisked sifted divided optional good quality high best large small
    medium big jumbo mini sized size extra organic free range ripe overripe favorite favourite boneless
    skinless skin bone in on off without shelled deveined scrubbed thawed separated squeezed plus more about a
    an the of some your own any kind type for with and preferably or bite piece chunk cube pieces strip slice
    ribbon long short whole heaped heaping level generous bruised smashed pressed shaved roomtemperature ready
    additional your choice other each such as cut stemmed husked spray proper nice decent local store bought
    homemade pre preshelled medium assorted various average normal regular plain mixed split mashed crushed
    flaked snipped shucked very elongated cut bite sized pan drizzling melted zested juiced temperature room
    at to taste pure natural real authentic traditional bulk deli lean gently cooled
    """
)
# Sorts and looks: another sort of the same food as far as the figures go, once the full name is not known.
DESCRIBING = word_set(
    """
    red green yellow white purple black brown golden orange dark light pale baby young new sweet mild hot
    spicy italian spanish french greek mexican chinese japanese thai hungarian english american indian russian
    swedish norwegian korean vietnamese turkish portuguese german belgian moroccan dutch canadian dry
    ground granulated salted unsalted raw roasted toasted blanched frozen hard soft firm extrafirm
    silken active unbleached bleached enriched waxy floury mealy starchy seedless seeded heirloom vine hass
    roma plum cherry grape beefsteak campari yukon gold russet maris piper vidalia medjool kalamata curly flat
    leaf broad smooth crisp crispy tender stalk low sodium reduced fat virgin kosher sea table coarse flaky
    iodized himalayan pink unsweetened unflavored unflavoured instant full style superfine neutral sharp aged
    grass fed wild caught atlantic pacific alaskan strong solid pack bag unrefined refined coldpressed cold
    pressed creamy crunchy chunky cracked cooking clear quick rapid rise fast acting store
    spanish old time oldtime crumb uncooked lukewarm meaty flesh unwaxed
    untreated
    """
)


def singular(word: str) -> str:
    if word in _SINGULAR:
        return _SINGULAR[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "oes")):
        return word[:-2]
    return word.removesuffix("s")


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """ "Freshly grated Parmigiano-Reggiano" is ("freshly", "grated", "parmesan")."""
    plain = unicodedata.normalize(
        "NFKD", text.lower().replace("ß", "ss").replace("puré", "puree").replace("pureee", "puree")
    )
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"'s?\b", "", plain)
    plain = re.sub(r"[^a-z0-9%]+", " ", plain)
    parts = [part for word in plain.split() for part in _spelled(singular(word))]
    return tuple(part for index, part in enumerate(parts) if index == 0 or part != parts[index - 1])


def _spelled(word: str) -> list[str]:
    return _SPELLING.get(word, word).split()


def key(text: str) -> str:
    return " ".join(words(text))


def without(parts: tuple[str, ...], dropped: frozenset[str]) -> tuple[str, ...]:
    """The words without those; the last word, the food itself, always stays."""
    kept = tuple(word for word in parts if word not in dropped)
    return kept or parts[-1:]
