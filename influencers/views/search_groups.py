"""Creators and posts in the one search box."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, ngettext

from fitfoodie.search import services as search
from fitfoodie.search.groups import Asked, Found, Group, Result
from fitfoodie.search.highlights import snippet
from fitfoodie.search.questions import Question, parse
from fitfoodie.search.services import Hit
from influencers.models import CreatorPage, Post
from influencers.search import POSTS
from meals.views.cards import person
from social.policy import not_blocked


def find_creators(asked: Asked) -> Found:
    """By name, as the directory does: the verified first, then by followers."""
    found = CreatorPage.objects.there_for(asked.viewer).named(asked.text).select_related("user__profile__photo")
    rows = list(found.order_by("-standing", "-pk")[asked.offset : asked.offset + asked.limit + 1])
    question = parse(asked.text.lstrip("@"))
    return Found([_creator(page, question) for page in rows[: asked.limit]], len(rows) > asked.limit)


def _creator(page: CreatorPage, question: Question) -> Result:
    drawn = person(page.user)
    followers = ngettext("%(count)d follower", "%(count)d followers", page.follower_count)
    parts = [f"@{page.user.handle}", followers % {"count": page.follower_count}, page.headline]
    marked = snippet(page.user.name, question)
    return Result(
        id=page.user.handle,
        title=page.user.name,
        url=drawn["url"],
        api_url=reverse("v1:influencer", kwargs={"handle": page.user.handle}),
        detail=" · ".join(filter(None, parts)),
        picture=drawn["avatar"],
        marked={"title": marked} if marked else {},
    )


def find_posts(asked: Asked) -> Found:
    """Public ones, of people who are not blocked either way."""
    within = Post.objects.public().filter(not_blocked(asked.viewer, "author"))
    page = search.search(POSTS, asked.text, limit=asked.limit, offset=asked.offset, within=within, highlight=True)
    rows = {post.pk: post for post in Post.objects.for_cards().filter(pk__in=[hit.id for hit in page.hits])}
    results = [_post(rows[hit.id], hit) for hit in page.hits if hit.id in rows]
    return Found(results, page.has_more, page.corrected_text)


def _post(post: Post, hit: Hit) -> Result:
    on = date_format(post.published_at, "DATE_FORMAT") if post.published_at else ""
    return Result(
        id=post.public_id,
        title=post.headline,
        url=post.get_absolute_url(),
        api_url=reverse("v1:post", kwargs={"handle": post.author.handle, "post_id": post.public_id}),
        detail=" · ".join(filter(None, (post.author.name, on))),
        title_field="headline",
        # Not the names of meals it speaks of: those of people who blocked the viewer may be among them.
        marked={name: text for name, text in hit.highlights.items() if name != "meals"},
    )


def _creators_page(text: str) -> str:
    return reverse("influencers:creators") + (f"?{urlencode({'q': text})}" if text else "")


def _creators_api(text: str) -> str:
    return f"{reverse('v1:influencers')}?{urlencode({'q': text})}"


CREATORS = Group(
    "creators",
    gettext_lazy("Creators"),
    "me",
    find_creators,
    look="person",
    page=_creators_page,
    api=_creators_api,
    position=20,
)
POSTS_GROUP = Group("posts", gettext_lazy("Posts"), "feed", find_posts, position=40)
GROUPS = (CREATORS, POSTS_GROUP)
