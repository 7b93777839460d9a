"""What kind of dish a title speaks of, and so what it is served in and on."""

# ruff: noqa: E501  a table reads best with one entry a line

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from meals.covers.vocabulary import words_in, words_pattern


@dataclass(frozen=True, slots=True)
class Dish:
    """`vessel` is plate, bowl, board, pan, steamer or glass; `ground` is what covers it; `fill` its colour."""

    kind: str
    words: str
    vessel: str = "plate"
    ground: str = ""
    fill: str = ""
    tool: str = "fork"


DISHES: tuple[Dish, ...] = (
    Dish(
        "drink",
        "smoothie juice tea coffee latte lemonade cocktail drink shake milkshake punch cider cola 奶茶 茶 咖啡 果汁 可乐桶 鸡尾酒 热红酒 莫吉托 金汤力 菲士 长岛冰茶 特调 饮料 冷饮 汽水 冰沙 气泡水 酸梅汤 奶昔 mojito martini latte",
        "glass",
        "ice",
        "#e9b35c",
        "",
    ),
    Dish(
        "pizza",
        "pizza flatbread focaccia quesadilla tortilla tortillas taco tacos nachos 披萨",
        "board",
        "flatbread",
        "#e3b468",
        "",
    ),
    Dish(
        "soup",
        "soup broth chowder bisque stock gazpacho borscht minestrone 汤 羹",
        "bowl",
        "liquid",
        "#e2a251",
        "spoon",
    ),
    Dish(
        "ramen", "ramen pho laksa udon 汤面 拉面 米线 酸辣粉 螺蛳粉", "bowl", "broth noodles", "#d9a55c", "chopsticks"
    ),
    Dish(
        "congee",
        "congee porridge oatmeal oats muesli granola pudding yogurt parfait 粥 燕麦 布丁 双皮奶",
        "bowl",
        "cream",
        "#f4ead6",
        "spoon",
    ),
    Dish(
        "curry",
        "curry stew chili masala tikka goulash ragout dal casserole gumbo tagine chilli 咖喱 炖 煲 焖",
        "bowl",
        "sauce",
        "#c9752f",
        "spoon",
    ),
    Dish("dumplings", "dumpling dumplings gyoza 饺 包子 馒头 花卷 烧卖 馄饨", "steamer", "", "", "chopsticks"),
    Dish(
        "pasta",
        "pasta spaghetti linguine fettuccine tagliatelle lasagna lasagne macaroni penne carbonara bolognese alfredo noodle-casserole 意面 意大利面 通心粉",
        "plate",
        "pasta",
        "#f0cd7a",
        "fork",
    ),
    Dish(
        "noodles",
        "noodle noodles lo-mein chow-mein pad-thai 面 粉丝 米粉 河粉 凉皮 粉",
        "plate",
        "noodles",
        "#e6bd72",
        "chopsticks",
    ),
    Dish(
        "rice",
        "rice risotto paella pilaf biryani donburi sushi couscous quinoa 饭 米饭 寿司",
        "bowl",
        "rice",
        "#fbf5e6",
        "chopsticks",
    ),
    Dish("salad", "salad slaw coleslaw tabbouleh 沙拉 凉拌", "bowl", "greens", "#8fb768", "fork"),
    Dish(
        "cake",
        "cake cheesecake tart pie gateau torte crumble pavlova tiramisu 蛋糕 派 挞 慕斯 提拉米苏",
        "plate",
        "",
        "",
        "fork",
    ),
    Dish("pancakes", "pancake pancakes waffle waffles crepe crepes 松饼 薄饼", "plate", "", "", "fork"),
    Dish(
        "bake",
        "cookie cookies biscuit biscuits bread loaf bun buns roll rolls muffin muffins scone scones brownie brownies bagel sandwich sandwiches burger burgers toast bar bars 面包 饼干 三明治 吐司 饼",
        "board",
        "",
        "",
        "",
    ),
    Dish(
        "dip",
        "dip hummus guacamole sauce salsa pesto dressing marinade gravy jam butter spread syrup relish 酱 汁 油 调料 糖浆 酱料 leche caramel chutney mayonnaise vinaigrette frosting icing glaze",
        "bowl",
        "swirl",
        "#d9a760",
        "",
    ),
    Dish(
        "eggs", "frittata omelette omelet shakshuka fried-eggs skillet scramble 煎蛋 炒蛋 荷包蛋", "pan", "", "", "fork"
    ),
    Dish("stir fry", "stir-fry fajita fajitas 炒 爆 干煸 小炒", "plate", "glaze", "#b98246", "chopsticks"),
    Dish("steamed", "红烧 清蒸 糖醋 烧 蒸 卤 煎 炸 烤", "plate", "glaze", "#a8642f", "chopsticks"),
)
PLAIN = Dish("plate", "")
# The colour of what is poured, by what is in it; the first that is named wins.
POURED: tuple[tuple[str, str], ...] = (
    ("#d1492e", "tomato tomatoes gazpacho strawberry watermelon 番茄 西红柿 麻辣 火锅 酸辣"),
    ("#a8325a", "beet beetroot borscht raspberry berry berries cranberry 草莓 杨梅"),
    ("#e98f33", "pumpkin squash carrot carrots orange sweet-potato butternut mango peach 南瓜 胡萝卜 芒果 橙"),
    (
        "#7faa4a",
        "pea peas spinach broccoli asparagus kale avocado guacamole pesto matcha 菠菜 抹茶 青柠 绿",
    ),
    ("#f3dc6b", "lemon lemonade pineapple banana ginger corn 柠檬 玉米 菠萝 姜"),
    ("#6b4128", "chocolate cocoa coffee mocha espresso cola soy 巧克力 咖啡 可乐 酱油"),
    ("#b5763a", "lentil lentils bean beans beef mushroom onion tea gravy 牛肉 蘑菇 红茶 茶 豆"),
    ("#f6ecd6", "cream milk yogurt coconut potato cauliflower clam vanilla tofu 奶 椰 牛奶 豆浆 豆腐"),
    ("#e5b765", "chicken noodle broth egg 鸡 蛋"),
)


_PATTERN = words_pattern([dish.words for dish in DISHES])
_POURED_PATTERN = words_pattern([words for _, words in POURED])


def dish_of(title: str) -> Dish:
    """The first kind of dish of which the title holds a word; a plain plate when it holds none."""
    found = set(words_in(title, _PATTERN))
    return next((dish for dish in DISHES if found & set(dish.words.split())), PLAIN)


def poured_color(title: str, foods: Sequence[str], dish: Dish) -> str:
    """The colour of what is in the bowl or glass: by the title, then, where it shows, by the main ingredients."""
    if dish.ground not in ("liquid", "sauce", "cream", "swirl", "ice"):
        return dish.fill
    for text in (title, *(foods[:5] if dish.ground in ("liquid", "ice") else ())):
        found = set(words_in(text, _POURED_PATTERN))
        for color, words in POURED:
            if found & set(words.split()):
                return color
    return dish.fill
