"""A meal that is not for everyone, as the holder of a share link reads it: no reactions, no way further in."""

from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from meals.models import Meal
from meals.views.amounts import Serving, shown_sections
from meals.views.cards import cover, figure, person
from meals.views.covers import drawn
from social.models import ShareLink
from social.selectors.shares import opened_by

_HOUR = 60 * 60


def shared_meal(request: HttpRequest, meal: Meal, token: str) -> HttpResponse:
    """`meal` is what the link opens; whether it does was decided by the caller."""
    serving = Serving(meal.base_servings, meal.servings, None, Fraction(1))
    picture = cover(meal)
    if "cover_svg_url" in picture:
        picture["cover_svg_url"] = reverse("meals:shared-cover", kwargs={"token": token})
    context = {
        "meal": meal,
        "serving": serving,
        "sections": shown_sections(meal.ingredients.all(), serving),
        "creator": person(meal.creator),
        "cover": picture,
        "calories": figure(meal, meal.calories),
        "protein": figure(meal, meal.protein_g),
    }
    return render(request, "meals/meal_shared.html", context)


@require_safe
@cache_control(private=True, max_age=_HOUR)
def shared_cover(request: HttpRequest, token: str) -> HttpResponse:
    """The drawn plate of such a meal."""
    link = ShareLink.objects.filter(token=token, subject_type=Meal._meta.label_lower).first()
    meal = opened_by(link, request.user, now=timezone.now()) if link else None
    if meal is None:
        raise Http404
    return drawn(meal)
