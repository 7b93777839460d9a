"""All posts of a creator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.selectors import find_person
from influencers.models import Post
from influencers.views.post_cards import cards
from meals.views.cards import person
from meals.views.paging import page_of


@require_safe
def posts_of_creator(request: HttpRequest, handle: str) -> HttpResponse:
    """Those the viewer may see, newest first; "more" as a link."""
    author = find_person(handle, viewer=request.user)
    if author.handle != handle:
        return redirect("influencers:posts", handle=author.handle, permanent=True)
    shown = Post.objects.shown_to(request.user).filter(author=author).order_by("-published_at", "-id")
    page = page_of(request, shown.for_cards(), now=timezone.now())
    context = {"author": person(author), "posts": cards(page.items), "next_url": page.next_url}
    return render(request, "influencers/post_list.html", context)
