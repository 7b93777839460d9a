"""Studios and coming classes for search engines: what a stranger may open, and nothing else."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.utils import timezone

from classes.models import Session, Studio
from classes.selectors.timetable import upcoming


class StudioSitemap(Sitemap):  # type: ignore[type-arg]  # Django's own class takes no parameters
    limit = 5000

    def items(self) -> "QuerySet[Any]":
        shown: QuerySet[Any] = Studio.objects.open_to_all().filter(is_active=True).select_related("chain")
        return shown.only("slug", "updated_at", "chain__slug").order_by("pk")

    def lastmod(self, item: Studio) -> datetime:
        return item.updated_at


class SessionSitemap(Sitemap):  # type: ignore[type-arg]  # Django's own class takes no parameters
    """A class that began, or was called off, is no longer in it."""

    limit = 5000

    def items(self) -> "QuerySet[Any]":
        coming: QuerySet[Any] = upcoming(timezone.now())
        return coming.only("public_id", "updated_at").order_by("starts_at", "pk")

    def lastmod(self, item: Session) -> datetime:
        return item.updated_at
