"""Meals for search engines: what a stranger may see, and nothing else (REC-8)."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from meals.models import Meal


class MealSitemap(Sitemap):  # type: ignore[type-arg]  # Django's own class takes no parameters
    limit = 5000

    def items(self) -> "QuerySet[Meal]":
        visible = Meal.objects.visible_to(AnonymousUser())
        return visible.order_by("-published_at", "-id").only("slug", "updated_at")

    def lastmod(self, item: Meal) -> datetime:
        return item.updated_at
