"""One's own posts, by state."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from influencers import rules
from influencers.enums import PostStatus
from influencers.models import Post
from meals.views.requests import MemberRequest

PAGE_SIZE = 50


@require_safe
@login_required
def studio_posts(request: MemberRequest) -> HttpResponse:
    status = request.GET.get("status", "")
    mine = Post.objects.filter(author=request.user)
    shown = mine.filter(status=status) if status in PostStatus.values else mine
    page = _page_number(request.GET.get("page", ""))
    rows = list(shown.order_by("-updated_at", "-pk")[(page - 1) * PAGE_SIZE :][: PAGE_SIZE + 1])
    context = {
        "tabs": _tabs(status),
        "posts": rows[:PAGE_SIZE],
        "next_url": f"?status={status}&page={page + 1}" if len(rows) > PAGE_SIZE else "",
        "has_any": bool(rows) or mine.exists(),
        "is_creator": rules.is_creator(request.user),
    }
    return render(request, "influencers/studio_posts.html", context)


def _page_number(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _tabs(current: str) -> list[dict[str, Any]]:
    base = reverse("influencers:studio-posts")
    everything = {"label": _("All"), "url": base, "current": current not in PostStatus.values}
    states = [
        {"label": state.label, "url": f"{base}?status={state.value}", "current": current == state.value}
        for state in PostStatus
    ]
    return [everything, *states]
