"""The page of a post."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fitfoodie.common import visits
from fitfoodie.common.markdown import plain_text
from influencers import rules
from influencers.models import Post
from influencers.text import rendered
from influencers.views.post_cards import linked_meals, pictures
from meals.views.cards import person


@require_safe
def post_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    post = (
        Post.objects.visible_to(request.user)
        .for_cards()
        .select_related("author__preferences")
        .filter(public_id=public_id)
        .first()
    )
    if post is None:
        raise Http404
    visits.shows(request, post)
    is_listed = post.is_for_everyone and not post.author.profile.is_private
    shown = pictures(post)
    context = {
        "post": post,
        "author": person(post.author),
        "html": rendered(post.text),
        "description": plain_text(post.text).replace("\n", " "),
        "photos": shown,
        "meals": linked_meals(post, request.user),
        "is_mine": rules.is_author(request.user, post),
        "is_listed": is_listed and post.author.preferences.is_listed_in_search_engines,
        "share_url": settings.SITE_URL.rstrip("/") + post.get_absolute_url(),
        "share_image": settings.SITE_URL.rstrip("/") + shown[0]["url"] if shown and is_listed else "",
    }
    response = render(request, "influencers/post_detail.html", context)
    if not context["is_listed"]:
        response["X-Robots-Tag"] = "noindex"
    return response
