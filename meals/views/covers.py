from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from meals.covers import draw_cover
from meals.models import Meal
from meals.views.lookup import visible_meal

_DAY = 24 * 60 * 60


def _etag(request: HttpRequest, slug: str) -> str | None:
    """The drawing follows from what the meal says, so its version names it."""
    meal = Meal.objects.visible_to(request.user).filter(slug=slug).values_list("public_id", "version").first()
    return f'"{meal[0]}-{meal[1]}"' if meal else None


@require_safe
@condition(etag_func=_etag)
@cache_control(private=True, max_age=_DAY)
def meal_cover(request: HttpRequest, slug: str) -> HttpResponse:
    """A plate drawn from the ingredients, for a meal without a photo; heaviest ingredient first."""
    return drawn(visible_meal(slug, request.user))


def drawn(meal: Meal) -> HttpResponse:
    lines = sorted(meal.ingredients.filter(is_food=True), key=lambda line: -(line.grams or 0))
    foods = [line.food_name or line.text for line in lines]
    return _svg(draw_cover(meal.title, foods, meal.public_id))


@require_safe
@cache_control(public=True, max_age=_DAY)
def hero(request: HttpRequest) -> HttpResponse:
    """The plate that greets on the home page."""
    foods = ["avocado", "cherry tomatoes", "carrots", "spinach", "egg", "radish", "lemon", "parsley"]
    return _svg(draw_cover("Rainbow salad bowl", foods, "welcome"))


def _svg(drawing: str) -> HttpResponse:
    """A drawing opened by itself must not be able to run or load anything either."""
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
