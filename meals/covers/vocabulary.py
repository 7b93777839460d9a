"""Which words, English or Chinese, mean which drawing. The first entry whose word is found decides."""

# ruff: noqa: E501  a table reads best with one entry a line

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from meals.covers import larder, plants
from meals.covers.svg import Shape

Draw = Callable[[Random], Shape]


@dataclass(frozen=True, slots=True)
class Food:
    """`part` is main (the centre of the plate), side or garnish; `size` scales a piece, `count` is how many lie together."""

    name: str
    words: str
    draw: Draw
    part: str = "side"
    size: float = 0.8
    count: int = 7


def _ball(color: str, stalk: str = "") -> Draw:
    return lambda _rng: plants.ball(color, stalk=stalk)


def _chunk(color: str) -> Draw:
    return lambda rng: larder.chunk(rng, color)


def _stick(color: str, tip: str = "", width: float = 17) -> Draw:
    return lambda rng: plants.stick(rng, color, tip=tip, width=width)


def _slice(crust: str, inside: str) -> Draw:
    return lambda rng: larder.slice_of(rng, crust=crust, inside=inside)


FOODS: tuple[Food, ...] = (
    # What a dish is named after comes first.
    Food("maki", "sushi maki 寿司", larder.maki, "main", 1.05, 7),
    Food("shrimp", "shrimp shrimps prawn prawns scampi crayfish 虾 龙虾", larder.shrimp, "main", 1.05, 5),
    Food("salmon", "salmon trout 三文鱼", larder.fillet, "main", 1.7, 3),
    Food("tuna", "tuna 金枪鱼", lambda rng: larder.fillet(rng, "#b9535a"), "main", 1.6, 3),
    Food(
        "fish",
        "fish cod halibut tilapia haddock snapper bass mackerel anchovy anchovies sardines 鱼 鲈 鲫 鲤 带鱼 鳕",
        larder.whole_fish,
        "main",
        1.7,
        2,
    ),
    Food("drumstick", "drumstick drumsticks wing wings thigh thighs 鸡翅 鸡腿", larder.drumstick, "main", 1.35, 3),
    Food("duck", "duck goose turkey 鸭 鹅", _slice("#8a4524", "#d99a7c"), "main", 1.25, 5),
    Food("chicken", "chicken hen poultry 鸡", _slice("#c98240", "#f3ddb8"), "main", 1.25, 5),
    Food("meatball", "meatball meatballs kofta falafel 丸子 狮子头", _ball("#8f5433"), "main", 0.95, 7),
    Food(
        "sausage",
        "sausage sausages chorizo salami pepperoni frankfurter hotdog 香肠 腊肠 火腿肠",
        larder.sausage,
        "main",
        0.85,
        7,
    ),
    Food("ham", "ham bacon prosciutto pancetta 火腿 培根 腊肉", larder.ham, "main", 1.1, 5),
    Food("ribs", "ribs 排骨 肋排", _slice("#6d2f1b", "#a85a37"), "main", 1.2, 5),
    Food(
        "beef",
        "beef steak lamb mutton veal venison brisket 牛肉 牛 羊肉 羊",
        _slice("#6a3a26", "#b9655a"),
        "main",
        1.2,
        5,
    ),
    Food("pork", "pork 五花肉 猪 里脊 红烧肉 肉", _slice("#a55a33", "#e2b08f"), "main", 1.2, 5),
    Food(
        "mince",
        "mince minced ground-beef ground-pork ground-meat ground-turkey ground-lamb 肉末 肉糜",
        _chunk("#8a5638"),
        "main",
        0.62,
        11,
    ),
    Food(
        "tofu",
        "tofu tempeh seitan 豆腐 腐竹 豆干",
        lambda rng: larder.cube(rng, "#f6e7c6", seared="#eecf97"),
        "main",
        0.95,
        7,
    ),
    Food("steamed bun", "包子 馒头 花卷", larder.steamed_bun, "main", 1.25, 5),
    Food("dumpling", "dumpling dumplings gyoza ravioli pierogi wonton 饺 馄饨 烧卖", larder.dumpling, "main", 1.3, 7),
    Food(
        "pancake", "pancake pancakes crepe crepes waffle waffles blini 薄饼 煎饼 松饼", larder.pancake, "main", 2.2, 3
    ),
    Food("cookie", "cookie cookies biscuit biscuits shortbread macaroon 饼干 曲奇", larder.cookie, "main", 1.35, 7),
    Food("brownie", "brownie brownies fudge", larder.chocolate, "main", 1.25, 5),
    Food(
        "bun",
        "bun buns roll rolls burger burgers muffin muffins scone scones cupcake cupcakes donut donuts bagel bagels",
        larder.bun,
        "main",
        1.5,
        3,
    ),
    Food(
        "cake",
        "cake cheesecake tart pie gateau torte crumble pavlova tiramisu brioche 蛋糕 派 挞 慕斯 提拉米苏",
        larder.cake,
        "main",
        3.0,
        1,
    ),
    Food(
        "toast",
        "toast bread sandwich sandwiches baguette crouton croutons sourdough loaf 面包 吐司 三明治",
        larder.bread,
        "main",
        1.6,
        3,
    ),
    Food("fried egg", "omelette omelet frittata shakshuka 煎蛋 蛋饼 炒蛋 荷包蛋", larder.fried_egg, "main", 1.5, 2),
    Food("egg", "egg eggs 鸡蛋 蛋", larder.egg_half, "side", 0.95, 3),
    # Vegetables.
    Food("broccoli", "broccoli brocoli 西兰花", plants.broccoli, "side", 0.85, 5),
    Food("cauliflower", "cauliflower 花菜 菜花", plants.cauliflower, "side", 0.85, 5),
    Food("cherry tomato", "cherry-tomatoes cherry-tomato grape-tomatoes 圣女果", plants.tomato_half, "side", 0.62, 5),
    Food("tomato", "tomato tomatoes 番茄 西红柿", plants.tomato_slice, "side", 0.95, 5),
    Food("avocado", "avocado avacado guacamole 牛油果", plants.avocado, "side", 1.05, 3),
    Food("carrot", "carrot carrots 胡萝卜", plants.carrot, "side", 0.62, 7),
    Food("cucumber", "cucumber cucumbers pickle pickles gherkin 黄瓜", plants.cucumber, "side", 0.72, 7),
    Food("courgette", "zucchini courgette squash 西葫芦 丝瓜 冬瓜 苦瓜", plants.courgette, "side", 0.78, 7),
    Food("aubergine", "eggplant aubergine 茄子 茄", plants.aubergine, "side", 0.85, 5),
    Food("beetroot", "beet beets beetroot 甜菜", plants.beetroot, "side", 0.75, 5),
    Food("radish", "radish radishes turnip daikon 萝卜", plants.radish, "side", 0.6, 7),
    Food("pumpkin", "pumpkin butternut sweet-potato yam 南瓜 红薯 地瓜", plants.pumpkin, "side", 0.9, 5),
    Food("asparagus", "asparagus 芦笋", _stick("#6fa04d", "#4f7f43"), "side", 1.25, 5),
    Food(
        "green bean",
        "green-beans green-bean string-beans haricot okra 四季豆 豆角 豇豆 秋葵 蒜苔",
        _stick("#5f9a45", width=13),
        "side",
        1.05,
        7,
    ),
    Food("celery", "celery leek leeks fennel rhubarb 芹菜 韭菜", _stick("#9cc16a"), "side", 1.0, 5),
    Food(
        "pepper",
        "bell capsicum paprika peppers 彩椒 甜椒 青椒 灯笼椒",
        lambda rng: plants.pepper_ring(rng, rng.choice(("#d8402c", "#efb02e", "#5d9a3f"))),
        "side",
        0.85,
        5,
    ),
    Food("chips", "fries chips 薯条", _stick("#f0c35a", width=20), "side", 1.0, 7),
    Food("potato", "potato potatoes 土豆 马铃薯 山药 芋头", _chunk("#e7bf6b"), "side", 0.85, 7),
    Food("corn", "corn sweetcorn maize polenta 玉米", plants.cob, "side", 0.8, 3),
    Food("pea", "pea peas edamame 豌豆 毛豆 青豆", _ball("#7cb548"), "side", 0.34, 13),
    Food("chickpea", "chickpea chickpeas garbanzo hummus 鹰嘴豆", _ball("#dfbb7d"), "side", 0.38, 11),
    Food("lentil", "lentil lentils dal daal 扁豆", _ball("#b97840"), "side", 0.26, 17),
    Food("bean", "bean beans kidney cannellini 红豆 黑豆 豆", larder.bean, "side", 0.48, 9),
    Food("mushroom", "mushroom mushrooms shiitake portobello 蘑菇 香菇 菇 木耳", plants.mushroom, "side", 0.85, 5),
    Food("onion", "onion onions shallot shallots 洋葱", plants.onion_ring, "side", 0.75, 5),
    Food("olive", "olive olives 橄榄", _ball("#4b4a35"), "side", 0.4, 7),
    Food("cheese", "cheese cheddar parmesan gouda gruyere halloumi paneer 奶酪 芝士", larder.cheese, "side", 0.9, 3),
    Food("feta", "feta mozzarella goat ricotta", lambda rng: larder.cube(rng, "#fbf6ea"), "side", 0.55, 7),
    Food("nori", "nori seaweed kelp 海苔 紫菜 海带", larder.nori, "side", 0.8, 3),
    Food(
        "cabbage",
        "cabbage kale chard sprouts bok-choy 白菜 包菜 卷心菜 娃娃菜 青菜 油菜 上海青",
        lambda rng: plants.frill(rng, "#a8c874"),
        "side",
        1.0,
        5,
    ),
    Food("lettuce", "lettuce salad arugula rocket greens romaine 生菜 沙拉 莴笋", plants.frill, "side", 1.05, 5),
    Food("spinach", "spinach 菠菜", lambda rng: plants.leaf(rng, "#39764a"), "side", 0.9, 7),
    # Fruit and sweets.
    Food("strawberry", "strawberry strawberries 草莓", plants.strawberry, "side", 0.75, 5),
    Food("raspberry", "raspberry raspberries blackberry blackberries 覆盆子", plants.raspberry, "side", 0.6, 5),
    Food(
        "blueberry",
        "blueberry blueberries cranberry cranberries currants berries 蓝莓",
        plants.blueberry,
        "side",
        0.42,
        9,
    ),
    Food("cherries", "cherries 樱桃", _ball("#a31f35", "#4c8a44"), "side", 0.55, 5),
    Food("grape", "grape grapes raisin raisins plum plums prune prunes 葡萄 李子", _ball("#7a3f6b"), "side", 0.5, 7),
    Food("banana", "banana bananas plantain 香蕉", plants.banana, "side", 0.7, 7),
    Food("apple", "apple apples pear pears 苹果 梨", plants.apple, "side", 0.95, 5),
    Food(
        "peach",
        "peach peaches apricot apricots mango mangoes papaya nectarine 桃 杏 芒果",
        lambda rng: plants.pumpkin(rng, "#f5a94a"),
        "side",
        0.9,
        5,
    ),
    Food("pineapple", "pineapple melon 菠萝 哈密瓜", lambda rng: larder.cube(rng, "#f6d257"), "side", 0.65, 7),
    Food(
        "orange",
        "orange oranges tangerine grapefruit clementine 橙 橘 柚",
        lambda rng: plants.citrus(rng, "#f39a32"),
        "side",
        0.9,
        3,
    ),
    Food("chocolate", "chocolate cocoa cacao 巧克力", larder.chocolate, "side", 0.62, 5),
    Food(
        "nut",
        "almond almonds walnut walnuts pecan pecans hazelnut hazelnuts nuts cashew cashews peanut peanuts pistachio 坚果 花生 核桃 杏仁 腰果",
        larder.nut,
        "side",
        0.5,
        9,
    ),
    # What is strewn or laid on top.
    Food("lemon", "lemon lemons 柠檬", plants.citrus, "garnish", 0.85, 2),
    Food("lime", "lime limes 青柠", lambda rng: plants.citrus(rng, "#b5cf5b", "#5f9440"), "garnish", 0.8, 2),
    Food(
        "chili",
        "chili chile chilies chilli jalapeno cayenne 辣椒 小米辣 尖椒 剁椒 椒",
        lambda _rng: plants.chili(),
        "garnish",
        0.85,
        3,
    ),
    Food("scallion", "scallion scallions chives spring-onion 葱", plants.scallion, "garnish", 0.55, 7),
    Food("garlic", "garlic 蒜", plants.garlic, "garnish", 0.55, 3),
    Food("basil", "basil mint oregano sage bay 罗勒 薄荷", plants.leaf, "garnish", 0.75, 3),
    Food("parsley", "parsley cilantro coriander 香菜 欧芹", plants.parsley, "garnish", 0.85, 3),
    Food("dill", "dill rosemary thyme tarragon 迷迭香 百里香 莳萝", plants.sprig, "garnish", 0.95, 3),
    Food("cream", "cream yogurt yoghurt mascarpone creme mayonnaise 奶油 酸奶", larder.dollop, "garnish", 1.0, 1),
)
# Longer than a word of the tables and of another meaning: found first, and drawn as nothing.
_MEANT_OTHERWISE = [
    "vanilla bean",
    "vanilla beans",
    "coffee bean",
    "coffee beans",
    "bean paste",
    "fish sauce",
    "oyster sauce",
    "chicken stock",
    "chicken broth",
    "chicken bouillon",
    "beef stock",
    "beef broth",
    "beef bouillon",
    "fish stock",
    "cream cheese",
    "cream of tartar",
    "sour cream",
    "peanut butter",
    "apple cider vinegar",
    "cider vinegar",
    "corn starch",
    "corn syrup",
    "corn flour",
    "almond milk",
    "almond extract",
    "almond flour",
    "egg noodles",
    "egg wash",
    "ice cream",
    "bread flour",
    "bread crumbs",
    "breadcrumbs",
    "cake flour",
    "nut milk",
    "nutmeg",
    "lemon juice",
    "lime juice",
    "orange juice",
    "lemon zest",
    "potato starch",
    "onion powder",
    "garlic powder",
    "chili powder",
    "chilli powder",
    "pepper flakes",
    "ginger ale",
    "tea towel",
    "rice vinegar",
    "rice wine",
    "mustard greens",
    "butter beans",
    "cocoa butter",
    "鸡精",
    "鸡粉",
    "鸡汁",
    "牛奶",
    "牛油",
    "黄油",
    "奶粉",
    "鱼露",
    "鱼香",
    "鱼腥草",
    "豆瓣酱",
    "豆瓣",
    "豆豉",
    "豆油",
    "豆浆",
    "酱油",
    "蚝油",
    "花生油",
    "菜籽油",
    "玉米油",
    "玉米淀粉",
    "土豆淀粉",
    "红薯淀粉",
    "胡椒",
    "花椒",
    "黑胡椒",
    "白胡椒",
    "肉桂",
    "肉蔻",
    "豆蔻",
    "面粉",
    "淀粉",
    "蒜蓉酱",
    "番茄酱",
    "辣椒面",
    "辣椒粉",
    "五香粉",
    "茶叶蛋",
    "茶匙",
    "汤匙",
    "牛肉粉",
    "鸡汤",
    "高汤",
    "葱姜水",
    "柠檬汁",
    "橄榄油",
    "味精",
    "米酒",
    "料酒",
    "烧酒",
    "面包糠",
    "鱼丸粉",
    "蛋糕粉",
    "酵母粉",
    "泡打粉",
    "咖喱粉",
    "可可粉",
    "抹茶粉",
]


def words_pattern(tables: Sequence[str]) -> re.Pattern[str]:
    """Finds the longest known word at each place: whole words in English (accents aside), anywhere in Chinese."""
    words = {word.replace("-", " ") for table in tables for word in table.split()} | set(_MEANT_OTHERWISE)
    ordered = sorted(words, key=lambda word: (-len(word), word))
    english = "|".join(re.escape(word) for word in ordered if word.isascii())
    chinese = "|".join(re.escape(word) for word in ordered if not word.isascii())
    return re.compile(rf"(?<![a-z])(?:{english})(?![a-z])|{chinese}")


def words_in(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The known words of a text in their order, in the tables' spelling."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return [match[0].replace(" ", "-") for match in pattern.finditer(re.sub(r"[\s-]+", " ", plain.casefold()))]


_PATTERN = words_pattern([food.words for food in FOODS])
_BY_WORD = {word: food for food in reversed(FOODS) for word in food.words.split()}


def found_foods(title: str, foods: Sequence[str]) -> list[Food]:
    """The drawings for a meal: those its title names first, then by the order of its ingredients, each once."""
    found: dict[str, Food] = {}
    for text in (title, *foods):
        for word in words_in(text, _PATTERN):
            food = _BY_WORD.get(word)
            if food is not None:
                found.setdefault(food.name, food)
    return list(found.values())
