"""The yardstick of `list_throughput`: the same rows by `values()`, dumped by orjson, behind the same middleware.

Mounted by the benchmark alone, never by the product.
"""

import orjson
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.urls import path

from fitfoodie.urls import urlpatterns as product_urls
from meals.api.shapes import CARD_COLUMNS
from meals.models import Meal, SavedMeal


def _plain(value):
    return sorted(value) if isinstance(value, frozenset) else float(value)


def bare_list(request):
    meals = Meal.objects.public().filter(minutes__lte=60, calories__lte=700)
    columns = list(CARD_COLUMNS)
    if request.user.is_authenticated:
        meals = meals.annotate(is_saved=Exists(SavedMeal.objects.filter(meal=OuterRef("pk"), user=request.user)))
        columns.append("is_saved")
    rows = list(meals.order_by("-published_at", "-id").values(*columns)[:20])
    return HttpResponse(orjson.dumps(rows, default=_plain), content_type="application/json")


urlpatterns = [path("bench/bare", bare_list), *product_urls]
