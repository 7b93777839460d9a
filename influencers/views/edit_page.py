"""Writing one's page, with what it will look like beside it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import add_domain_error
from fitfoodie.common.errors import DomainError
from fitfoodie.common.markdown import render_markdown
from influencers import rules
from influencers.enums import Accent
from influencers.forms.page import PageForm
from influencers.models.page import MAX_ABOUT
from influencers.selectors.creators import page_of
from influencers.services.cover import latest_cover
from influencers.services.page import update_page
from influencers.views.requests import MemberRequest
from influencers.views.studio_frame import studio_tabs


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_page(request: MemberRequest) -> HttpResponse:
    """`do=preview` shows what was typed and keeps nothing: the way without scripts."""
    page = page_of(request.user)
    initial = PageForm.initial_of(request.user, page)
    form = PageForm(request.POST if request.method == "POST" else None, initial=initial)
    is_saving = request.method == "POST" and request.POST.get("do") != "preview"
    if is_saving and _saved(request, form):
        messages.success(request, _("Saved. Your followers see it now."))
        return redirect("influencers:studio-page")
    shown = _typed(request) if request.method == "POST" else _stored(initial)
    context = {
        "tabs": studio_tabs(request),
        "form": form,
        "preview": shown,
        "cover": latest_cover(page),
        "is_creator": rules.is_creator(request.user),
        "is_email_verified": rules.may_edit_page(request.user),
    }
    return render(request, "influencers/studio_page.html", context, status=422 if is_saving else 200)


@require_POST
@login_required
def preview(request: MemberRequest) -> HttpResponse:
    """Part of a page, for scripts: how what is typed will look. Nothing is kept."""
    return render(request, "influencers/_page_preview.html", {"preview": _typed(request)})


def _saved(request: MemberRequest, form: PageForm) -> bool:
    if not form.is_valid():
        return False
    try:
        update_page(user=request.user, changes=form.cleaned_data, now=timezone.now())
    except (DomainError, ValidationError) as error:
        add_domain_error(form, error)
        return False
    return True


def _typed(request: MemberRequest) -> dict[str, Any]:
    """Whatever was typed, cut to what fits; a preview refuses nothing."""
    typed = {name: request.POST.get(name, "").replace("\x00", "") for name in ("headline", "bio", "about", "links")}
    accent = request.POST.get("accent", "")
    links = [line.strip() for line in typed["links"][:1100].splitlines() if line.strip().startswith("https://")]
    return _shown(
        headline=typed["headline"][:140],
        bio=typed["bio"][:1000],
        about=typed["about"][:MAX_ABOUT],
        links=links[:5],
        accent=accent if accent in Accent.values else Accent.BASIL.value,
    )


def _stored(initial: dict[str, Any]) -> dict[str, Any]:
    return _shown(**initial)


def _shown(*, headline: str, bio: str, about: str, links: list[str], accent: str) -> dict[str, Any]:
    return {
        "headline": headline,
        "bio": bio,
        "about_html": render_markdown(about),
        "links": links,
        "accent": accent,
    }
