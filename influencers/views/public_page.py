"""What a creator's page shows beside the profile that every person has."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.profile_sections import ProfileSection
from accounts.selectors import find_person
from fitfoodie.common.images.renditions import Picture
from influencers import rules
from influencers.models import Collection
from influencers.page_sections import page_sections
from influencers.selectors.creators import meals_of_collection, page_of, shown_collections
from meals.views.cards import cards, cover, person

Viewer = User | AnonymousUser


def introduction(creator: User, viewer: Viewer) -> dict[str, Any] | None:
    """Headline and words about the work; to the creator alone also the way to write them."""
    if not rules.is_creator(creator):
        return None
    page = page_of(creator)
    is_owner = viewer.pk == creator.pk
    picture = page.cover.picture if page.cover else None
    if not (page.headline or page.about or picture or is_owner):
        return None
    return {"page": page, "is_owner": is_owner} | _above(picture)


def _above(picture: Picture | None) -> dict[str, Any]:
    """What the profile shows above everything, and gives to those who preview links to it."""
    if picture is None:
        return {}
    address = settings.SITE_URL.rstrip("/") + picture["url"] if picture["url"].startswith("/") else picture["url"]
    return {"banner": "influencers/_cover.html", "picture": picture, "share_image": address}


def collections(creator: User, viewer: Viewer) -> dict[str, Any] | None:
    if not rules.is_creator(creator):
        return None
    found = shown_collections(creator, viewer)
    return {"collections": [_collection_card(each) for each in found]} if found else None


def of_other_apps(creator: User, viewer: Viewer) -> dict[str, Any] | None:
    """Codes, classes: whatever the apps above registered."""
    if not rules.is_creator(creator):
        return None
    found = ((section, section.context(creator, viewer)) for section in page_sections())
    shown = [
        {"name": part.name, "title": part.title, "template": part.template, "section": context}
        for part, context in found
        if context is not None
    ]
    return {"parts": shown} if shown else None


def _collection_card(collection: Collection) -> dict[str, Any]:
    items = collection.shown_items  # type: ignore[attr-defined]  # prefetched by the selector
    return {"collection": collection, "count": len(items), "covers": [cover(item.meal) for item in items[:3]]}


@require_safe
def collection(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    creator = find_person(handle, viewer=request.user)
    if creator.handle != handle:
        return redirect("influencers:collection", handle=creator.handle, slug=slug, permanent=True)
    found = Collection.objects.visible_to(request.user).filter(creator=creator, slug=slug).first()
    if found is None:
        raise Http404
    found.creator = creator
    context = {
        "collection": found,
        "creator": person(creator),
        "meals": cards(meals_of_collection(found, request.user)),
        "is_owner": request.user.pk == creator.pk,
    }
    return render(request, "influencers/collection.html", context)


SECTIONS = (
    ProfileSection("creator", "influencers/_profile_creator.html", introduction, position=1),
    ProfileSection("collections", "influencers/_profile_collections.html", collections, position=20),
    ProfileSection("creator-parts", "influencers/_profile_parts.html", of_other_apps, position=30),
)
