"""Posts for search engines: what a stranger may see, and nothing else (REC-8)."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from influencers.models import Post


class PostSitemap(Sitemap):  # type: ignore[type-arg]  # Django's own class takes no parameters
    limit = 5000

    def items(self) -> "QuerySet[Post]":
        listed = Post.objects.public().filter(author__preferences__is_listed_in_search_engines=True)
        return listed.order_by("-published_at", "-id").only("public_id", "updated_at")

    def lastmod(self, item: Post) -> datetime:
        return item.updated_at
