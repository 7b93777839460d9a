"""A creator's collections: the list, a new one, one with its meals."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import add_domain_error
from fitfoodie.common.errors import DomainError
from influencers import rules
from influencers.forms.page import CollectionForm, CollectionMealsForm
from influencers.models import Collection
from influencers.selectors.creators import own_collections
from influencers.services.collections import change_collection, create_collection, delete_collection
from influencers.views.requests import MemberRequest
from influencers.views.studio_frame import studio_tabs
from meals.enums import MealStatus
from meals.models import Meal

# The newest to choose from; those that are in the collection are always there.
OFFERED = 100


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def collections(request: MemberRequest) -> HttpResponse:
    form = CollectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (made := _made(request, form)):
        messages.success(request, _("Made. Now choose its meals."))
        return redirect("influencers:studio-collection", slug=made.slug)
    context = {
        "tabs": studio_tabs(request),
        "form": form,
        "collections": own_collections(request.user),
        "is_creator": rules.is_creator(request.user),
    }
    return render(request, "influencers/studio_collections.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def collection(request: MemberRequest, slug: str) -> HttpResponse:
    found = _own(request, slug)
    places = {item.meal_id: number for number, item in enumerate(found.items.all(), 1)}
    form = CollectionMealsForm(
        request.POST if request.method == "POST" else None,
        meals=_offered(request, places),
        places=places,
        initial=CollectionMealsForm.initial_of(found),
    )
    if request.method == "POST" and _changed(request, found, form):
        messages.success(request, _("Saved."))
        return redirect("influencers:studio-collection", slug=slug)
    context = {"tabs": studio_tabs(request), "collection": found, "form": form}
    return render(request, "influencers/studio_collection.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def delete(request: MemberRequest, slug: str) -> HttpResponse:
    found = _own(request, slug)
    try:
        delete_collection(collection_id=found.pk, user=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("influencers:studio-collection", slug=slug)
    messages.success(request, _("The collection is gone; its meals stay."))
    return redirect("influencers:studio-collections")


def _own(request: MemberRequest, slug: str) -> Collection:
    found = Collection.objects.editable_by(request.user).filter(slug=slug).select_related("creator").first()
    if found is None:
        raise Http404
    return found


def _offered(request: MemberRequest, places: dict[int, int]) -> list[Meal]:
    newest = Meal.objects.filter(creator=request.user, status=MealStatus.PUBLISHED).order_by("-published_at")
    ids = [*newest.values_list("pk", flat=True)[:OFFERED], *places]
    offered = list(Meal.objects.filter(Q(pk__in=ids)).only("pk", "title", "slug"))
    return sorted(offered, key=lambda meal: (places.get(meal.pk, len(ids) + 1), meal.title))


def _made(request: MemberRequest, form: CollectionForm) -> Collection | None:
    if not form.is_valid():
        return None
    try:
        return create_collection(user=request.user, now=timezone.now(), **form.cleaned_data)
    except (DomainError, ValidationError) as error:
        add_domain_error(form, error)
        return None


def _changed(request: MemberRequest, found: Collection, form: CollectionMealsForm) -> bool:
    if not form.is_valid():
        return False
    try:
        change_collection(collection_id=found.pk, user=request.user, changes=form.changes(), now=timezone.now())
    except (DomainError, ValidationError) as error:
        add_domain_error(form, error)
        return False
    return True
