"""The photos of a post in its composer. Every button is a form of its own, so that all of it works without scripts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fitfoodie.common.errors import DomainError
from influencers.models import Post, PostPhoto
from influencers.services import post_photos as services
from meals.views.requests import MemberRequest


def photo_rows(post: Post) -> list[dict[str, Any]]:
    photos = list(PostPhoto.objects.filter(post=post))
    order = [photo.public_id for photo in photos]
    return [
        {
            "photo": photo,
            "picture": photo.picture,
            "earlier": _swapped(order, index - 1) if index else "",
            "later": _swapped(order, index) if index + 1 < len(order) else "",
        }
        for index, photo in enumerate(photos)
    ]


def _swapped(order: list[str], index: int) -> str:
    """The order with the photo at `index` and its follower exchanged, as one form value."""
    return ",".join([*order[:index], order[index + 1], order[index], *order[index + 2 :]])


def add_photos(request: MemberRequest, post: Post) -> None:
    """Several at once; each that is refused says why, the others stay."""
    for file in request.FILES.getlist("photos"):
        try:
            services.add_post_photo(post_id=post.pk, actor=request.user, file=file, now=timezone.now())
        except DomainError as error:
            messages.error(request, f"{file.name}: {error.message}")


@require_safe
@login_required
def photo_list(request: MemberRequest, public_id: str) -> HttpResponse:
    """Asked again while a photo is being checked."""
    post = _own(public_id, request)
    return render(request, "influencers/_post_photo_grid.html", {"post": post, "photos": photo_rows(post)})


@require_POST
@login_required
def photo_change(request: MemberRequest, public_id: str, photo_id: str) -> HttpResponse:
    """One button: `do` says which."""
    post = _own(public_id, request)
    photo = PostPhoto.objects.filter(post=post, public_id=photo_id).first()
    if photo is None:
        raise Http404
    try:
        _carry_out(request, post, photo)
    except DomainError as error:
        messages.error(request, error.message)
    if request.htmx:
        context = {"post": post, "photos": photo_rows(post), "with_toasts": True}
        return render(request, "influencers/_post_photo_grid.html", context)
    return redirect(reverse("influencers:post-edit", args=[public_id]) + "#photos")


def _carry_out(request: MemberRequest, post: Post, photo: PostPhoto) -> None:
    wanted = request.POST.get("do", "")
    if wanted == "remove":
        services.remove_post_photo(photo_id=photo.pk, actor=request.user, now=timezone.now())
    elif wanted == "describe":
        services.describe_post_photo(photo_id=photo.pk, actor=request.user, alt=request.POST.get("alt", ""))
    elif wanted == "move":
        order = request.POST.get("order", "").split(",")
        services.reorder_post_photos(post_id=post.pk, actor=request.user, public_ids=order)
    else:
        raise DomainError(_("Choose what to do with the photo."), code="unknown_action")


def _own(public_id: str, request: MemberRequest) -> Post:
    post = Post.objects.filter(author=request.user, public_id=public_id).first()
    if post is None:
        raise Http404
    return post
