"""The photos of a meal in its editor. Every button is a form of its own, so that all of it works without JavaScript."""

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
from meals import services
from meals.models import Meal, MealPhoto
from meals.views.lookup import own_meal
from meals.views.requests import MemberRequest

# Left, top, right, bottom: what a 4:3 cut keeps. "None" is the whole picture.
CROPS: dict[str, tuple[float, float, float, float] | None] = {
    "whole": None,
    "middle": (0.125, 0.125, 0.875, 0.875),
    "top": (0.0, 0.0, 1.0, 0.75),
    "bottom": (0.0, 0.25, 1.0, 1.0),
    "left": (0.0, 0.0, 0.75, 1.0),
    "right": (0.25, 0.0, 1.0, 1.0),
}


def photo_rows(meal: Meal) -> list[dict[str, Any]]:
    photos = list(meal.photos.all())
    order = [photo.public_id for photo in photos]
    return [
        {
            "photo": photo,
            "picture": photo.picture,
            "is_cover": photo.pk == meal.cover_id,
            "earlier": _swapped(order, index - 1) if index else "",
            "later": _swapped(order, index) if index + 1 < len(order) else "",
        }
        for index, photo in enumerate(photos)
    ]


def _swapped(order: list[str], index: int) -> str:
    """The order with the photo at `index` and its follower exchanged, as one form value."""
    swapped = [*order[:index], order[index + 1], order[index], *order[index + 2 :]]
    return ",".join(swapped)


@require_safe
@login_required
def photo_list(request: MemberRequest, slug: str) -> HttpResponse:
    """Asked again while a photo is being checked."""
    meal = own_meal(slug, request.user)
    return render(request, "meals/_photos.html", {"meal": meal, "photos": photo_rows(meal)})


@require_POST
@login_required
def photo_add(request: MemberRequest, slug: str) -> HttpResponse:
    """Several at once; each that is refused says why, the others stay."""
    meal = own_meal(slug, request.user)
    files = request.FILES.getlist("photos")
    if not files:
        messages.error(request, _("Choose a photo first."))
    for file in files:
        try:
            services.add_photo(
                meal_id=meal.pk, actor=request.user, file=file, now=timezone.now(), alt=request.POST.get("alt", "")
            )
        except DomainError as error:
            messages.error(request, f"{file.name}: {error.message}")
    return _back(request, meal)


@require_POST
@login_required
def photo_change(request: MemberRequest, slug: str, public_id: str) -> HttpResponse:
    """One button: `do` says which."""
    meal = own_meal(slug, request.user)
    photo = MealPhoto.objects.filter(meal=meal, public_id=public_id).first()
    if photo is None:
        raise Http404
    try:
        _carry_out(request, meal, photo)
    except DomainError as error:
        messages.error(request, error.message)
    return _back(request, meal)


def _carry_out(request: MemberRequest, meal: Meal, photo: MealPhoto) -> None:
    actor, wanted = request.user, request.POST.get("do", "")
    if wanted == "cover":
        services.set_cover(photo_id=photo.pk, actor=actor)
    elif wanted == "remove":
        services.remove_photo(photo_id=photo.pk, actor=actor, now=timezone.now())
    elif wanted == "describe":
        services.describe_photo(photo_id=photo.pk, actor=actor, alt=request.POST.get("alt", ""))
    elif wanted == "crop" and request.POST.get("crop") in CROPS:
        services.crop_photo(photo_id=photo.pk, actor=actor, crop=CROPS[request.POST["crop"]], now=timezone.now())
    elif wanted == "move":
        order = request.POST.get("order", "").split(",")
        services.reorder_photos(meal_id=meal.pk, actor=actor, public_ids=order)
    else:
        raise DomainError(_("Choose what to do with the photo."), code="unknown_action")


def _back(request: MemberRequest, meal: Meal) -> HttpResponse:
    if request.htmx:
        fresh = own_meal(meal.slug, request.user)
        return render(request, "meals/_photos.html", {"meal": fresh, "photos": photo_rows(fresh), "with_toasts": True})
    return redirect(reverse("meals:edit", args=[meal.slug]) + "#photos")
