"""Writing and changing a post in the studio. Each button works without JavaScript."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import is_verified_email
from fitfoodie.common.errors import DomainError, StaleVersionError
from fitfoodie.common.views import sent
from influencers import rules
from influencers.enums import POST_TRANSITIONS, PostStatus
from influencers.forms.post import PostForm
from influencers.models import Post
from influencers.selectors.post_meals import meal_meant, offered_meals
from influencers.services import post_life
from influencers.services.posts import edit_post, write_post
from influencers.text import rendered
from influencers.validators import MAX_TEXT
from influencers.views.post_photos import add_photos, photo_rows
from meals.models import Meal
from meals.views.requests import MemberRequest


def own_post(public_id: str, user: Any) -> Post:
    found = Post.objects.filter(author=user, public_id=public_id).prefetch_related("photos").first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post_new(request: MemberRequest) -> HttpResponse:
    return _compose(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def post_edit(request: MemberRequest, public_id: str) -> HttpResponse:
    """On a conflict the form comes back as typed, beside what the other save says (REC-9)."""
    return _compose(request, own_post(public_id, request.user))


def _compose(request: MemberRequest, post: Post | None) -> HttpResponse:
    form = _form(request, post)
    if request.method != "POST":
        return _page(request, post, form)
    added = _added_meal(request, form)
    is_valid = form.is_valid() and not form.errors
    if not is_valid or request.POST.get("then") == "preview":
        return _page(request, post, form, preview=request.POST.get("text", "")[:MAX_TEXT])
    try:
        return _after_save(request, _save(request, post, form, added), form)
    except StaleVersionError as error:
        return _conflict(request, post, error)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return _page(request, post, form)


def _form(request: MemberRequest, post: Post | None, data: Any = None) -> PostForm:
    zone = request.user.preferences.time_zone
    given = data if data is not None else (request.POST if request.method == "POST" else None)
    linked = _linked(request, post)
    initial: dict[str, Any] = {"meals": [slug for slug, _title in linked]}
    if post is not None:
        at = post.scheduled_for and post.scheduled_for.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        initial |= {"text": post.text, "audience": post.audience, "who_may_comment": post.who_may_comment}
        initial |= {"version": post.version, "scheduled_for": at}
    return PostForm(given, zone=zone, linked=linked, initial=initial)


def _linked(request: MemberRequest, post: Post | None) -> list[tuple[str, str]]:
    """Those of the post, then those chosen in a form that comes back."""
    stored = list(post.links.values_list("meal__slug", "meal__title")) if post else []
    typed = [text.replace("\x00", "") for text in request.POST.getlist("meals")] if request.method == "POST" else []
    chosen = Meal.objects.visible_to(request.user).filter(slug__in=typed).values_list("slug", "title")
    return list(dict.fromkeys([*stored, *chosen]))


def _added_meal(request: MemberRequest, form: PostForm) -> str:
    """The slug of the meal in the field for a further one; what names none is said beside the field."""
    typed, chosen = sent(request, "meal").strip(), sent(request, "meal_slug").strip()
    if not typed:
        return ""
    found = meal_meant(request.user, chosen or typed)
    if found is None:
        form.add_error("meal", _("We know no single meal by this name. Choose one of the list, or paste its address."))
        return ""
    return found.slug


def _save(request: MemberRequest, post: Post | None, form: PostForm, added: str) -> Post:
    content = form.content(added=added)
    now = timezone.now()
    if post is None:
        return write_post(author=request.user, content=content, now=now)
    version = form.cleaned_data["version"] or 0
    return edit_post(post_id=post.pk, editor=request.user, content=content, expected_version=version, now=now)


def _after_save(request: MemberRequest, post: Post, form: PostForm) -> HttpResponse:
    """What was saved stays saved; what stands in the way of the rest is said."""
    add_photos(request, post)
    then = request.POST.get("then")
    try:
        if then == "publish":
            post_life.publish_post(post_id=post.pk, actor=request.user, now=timezone.now())
            messages.success(request, _("Published. Everyone it is for can see it now."))
            return redirect(post)
        if then == "schedule":
            _schedule(request, post, form)
            return redirect("influencers:studio-posts")
    except DomainError as error:
        messages.success(request, _("Saved."))
        messages.error(request, error.message)
        return redirect("influencers:post-edit", public_id=post.public_id)
    messages.success(request, _("Saved."))
    return redirect("influencers:post-edit", public_id=post.public_id)


def _schedule(request: MemberRequest, post: Post, form: PostForm) -> None:
    at = form.cleaned_data["scheduled_for"]
    post_life.schedule_post(post_id=post.pk, actor=request.user, at=at, now=timezone.now())
    wall = post_life.wall_time_of(request.user, at)
    shown = {"when": f"{wall.instant.astimezone(wall.zone):%Y-%m-%d %H:%M}", "zone": wall.zone.key}
    messages.success(request, _("It will be published by itself on %(when)s (%(zone)s).") % shown)
    if wall.note:
        messages.warning(request, wall.note)


def _page(request: MemberRequest, post: Post | None, form: PostForm, **more: Any) -> HttpResponse:
    preview = more.pop("preview", post.text if post else "")
    context = {
        "post": post,
        "form": form,
        "photos": photo_rows(post) if post else [],
        "moves": moves_of(post) if post else {"publish", "schedule"},
        "preview": rendered(preview) if preview else "",
        "is_creator": rules.is_creator(request.user),
        "is_verified": is_verified_email(request.user),
    }
    status = more.get("status", 422 if form.is_bound and form.errors else 200)
    return render(request, "influencers/post_edit.html", context | more, status=status)


def _conflict(request: MemberRequest, post: Post | None, error: StaleVersionError) -> HttpResponse:
    """What was typed stays in the form, now over the version that was stored meanwhile."""
    stored = Post.objects.get(pk=post.pk) if post else None
    typed = request.POST.copy()
    typed["version"] = str(error.current)
    return _page(request, post, _form(request, post, typed), stored=stored, status=error.status)


@require_POST
@login_required
def post_preview(request: MemberRequest) -> HttpResponse:
    """The text as it will stand, for the composer while one writes."""
    text = request.POST.get("text", "")[:MAX_TEXT]
    return render(request, "influencers/_post_preview.html", {"preview": rendered(text) if text.strip() else ""})


@require_safe
@login_required
def meal_suggestions(request: MemberRequest) -> JsonResponse:
    found = offered_meals(request.user, request.GET.get("q", "")[:200])
    results = [{"label": meal.title, "value": meal.slug, "detail": f"@{meal.creator.handle}"} for meal in found]
    return JsonResponse({"results": results})


MOVES: dict[str, Callable[..., Post]] = {
    "publish": post_life.publish_post,
    "unpublish": post_life.unpublish_post,
    "archive": post_life.archive_post,
    "restore": post_life.restore_post,
}


@require_POST
@login_required
def post_move(request: MemberRequest, public_id: str, move: str) -> HttpResponse:
    """One of `MOVES`; what stands in the way is said and the post stays as it is."""
    post = own_post(public_id, request.user)
    try:
        moved = MOVES[move](post_id=post.pk, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("It is now: %(state)s.") % {"state": PostStatus(moved.status).label})
    return redirect("influencers:post-edit", public_id=public_id)


@require_POST
@login_required
def post_delete(request: MemberRequest, public_id: str) -> HttpResponse:
    post = own_post(public_id, request.user)
    try:
        post_life.delete_post(post_id=post.pk, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("influencers:post-edit", public_id=public_id)
    messages.success(request, _("The draft is deleted."))
    return redirect("influencers:studio-posts")


def moves_of(post: Post) -> set[str]:
    """Names of the buttons that make sense now."""
    names = {
        PostStatus.PUBLISHED: "publish",
        PostStatus.SCHEDULED: "schedule",
        PostStatus.ARCHIVED: "archive",
        PostStatus.DRAFT: "restore" if post.status == PostStatus.ARCHIVED else "unpublish",
    }
    return {names[state] for state in POST_TRANSITIONS[PostStatus(post.status)]}
