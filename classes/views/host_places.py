"""A chain's brand and rules, its studios with their rooms, its class types: lists, new ones, changes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from classes.forms.host import BrandForm, ClassTypeForm, HostForm, RoomForm, StudioForm
from classes.models import ClassType, Room, Studio
from classes.selectors.booking_rules import above
from classes.services import chains, places
from classes.views.host_frame import Host, host_frame, host_of, manager_of
from fitfoodie.common.errors import DomainError
from meals.views.requests import MemberRequest

_edits = require_http_methods(["GET", "HEAD", "POST"])


@_edits
@login_required
def brand(request: MemberRequest, chain: str) -> HttpResponse:
    host = manager_of(request, chain)
    form = BrandForm(request.POST or None, instance=host.chain, rules_above=above([], currency=host.chain.currency))
    return _edit(
        request,
        host,
        form,
        lambda: chains.edit_chain(
            actor=request.user, chain_id=host.chain.pk, changes=form.changes(), now=timezone.now()
        ),
        title=_("Brand and rules"),
        done=reverse("classes:host-brand", args=[chain]),
        is_chain=True,
    )


@require_safe
@login_required
def studios(request: MemberRequest, chain: str) -> HttpResponse:
    host = _with_studios(request, chain)
    in_use = Count("rooms", filter=Q(rooms__is_active=True))
    rows = Studio.objects.in_chain(host.chain).annotate(room_count=in_use).order_by("-is_active", "name", "id")
    context = {**host_frame(request, host), "studios": [row for row in rows if host.manages(row.pk)]}
    return render(request, "classes/host_studios.html", context)


@_edits
@login_required
def studio_new(request: MemberRequest, chain: str) -> HttpResponse:
    host = manager_of(request, chain)
    form = StudioForm(
        request.POST or None, initial={"time_zone": host.chain.time_zone}, rules_above=_above(host, host.chain)
    )
    return _edit(
        request,
        host,
        form,
        lambda: places.create_studio(actor=request.user, chain_id=host.chain.pk, now=timezone.now(), **form.changes()),
        title=_("New studio"),
        done=reverse("classes:host-studios", args=[chain]),
    )


@_edits
@login_required
def studio_edit(request: MemberRequest, chain: str, studio: str) -> HttpResponse:
    host = _with_studios(request, chain)
    row = _studio(host, studio)
    form = StudioForm(request.POST or None, instance=row, rules_above=_above(host, host.chain))
    rooms = Room.objects.in_chain(host.chain).filter(studio=row).order_by("-is_active", "name", "id")
    return _edit(
        request,
        host,
        form,
        lambda: places.edit_studio(actor=request.user, studio_id=row.pk, changes=form.changes(), now=timezone.now()),
        title=row.name,
        done=reverse("classes:host-studio", args=[chain, studio]),
        studio=row,
        rooms=list(rooms),
        switch=reverse("classes:host-studio-switch", args=[chain, studio]),
    )


@require_POST
@login_required
def studio_switch(request: MemberRequest, chain: str, studio: str) -> HttpResponse:
    row = _studio(_with_studios(request, chain), studio)
    changes = {"is_active": not row.is_active}
    _switched(
        request,
        lambda: places.edit_studio(actor=request.user, studio_id=row.pk, changes=changes, now=timezone.now()),
    )
    return redirect("classes:host-studios", chain)


@_edits
@login_required
def room_new(request: MemberRequest, chain: str, studio: str) -> HttpResponse:
    host = _with_studios(request, chain)
    row = _studio(host, studio)
    form = RoomForm(request.POST or None)
    return _edit(
        request,
        host,
        form,
        lambda: places.create_room(actor=request.user, studio_id=row.pk, now=timezone.now(), **form.changes()),
        title=_("New room in %(studio)s") % {"studio": row.name},
        done=reverse("classes:host-studio", args=[chain, studio]),
    )


@_edits
@login_required
def room_edit(request: MemberRequest, chain: str, room: str) -> HttpResponse:
    host = _with_studios(request, chain)
    row = _room(host, room)
    form = RoomForm(request.POST or None, instance=row)
    return _edit(
        request,
        host,
        form,
        lambda: places.edit_room(actor=request.user, room_id=row.pk, changes=form.changes(), now=timezone.now()),
        title=row.name,
        done=reverse("classes:host-studio", args=[chain, row.studio.public_id]),
        switch=reverse("classes:host-room-switch", args=[chain, room]),
        room=row,
    )


@require_POST
@login_required
def room_switch(request: MemberRequest, chain: str, room: str) -> HttpResponse:
    row = _room(_with_studios(request, chain), room)
    changes = {"is_active": not row.is_active}
    _switched(
        request,
        lambda: places.edit_room(actor=request.user, room_id=row.pk, changes=changes, now=timezone.now()),
    )
    return redirect("classes:host-studio", chain, row.studio.public_id)


@require_safe
@login_required
def class_types(request: MemberRequest, chain: str) -> HttpResponse:
    host = manager_of(request, chain)
    kinds = ClassType.objects.in_chain(host.chain).order_by("-is_active", "title", "id")
    return render(request, "classes/host_class_types.html", {**host_frame(request, host), "kinds": kinds})


@_edits
@login_required
def class_type_new(request: MemberRequest, chain: str) -> HttpResponse:
    host = manager_of(request, chain)
    form = ClassTypeForm(request.POST or None, currency=host.chain.currency, rules_above=_above(host, host.chain))
    return _edit(
        request,
        host,
        form,
        lambda: places.create_class_type(
            actor=request.user, chain_id=host.chain.pk, now=timezone.now(), **form.changes()
        ),
        title=_("New class type"),
        done=reverse("classes:host-class-types", args=[chain]),
    )


@_edits
@login_required
def class_type_edit(request: MemberRequest, chain: str, kind: str) -> HttpResponse:
    host = manager_of(request, chain)
    row = _class_type(host, kind)
    # Each studio may have rules of its own between the two; what is shown is what the chain says.
    form = ClassTypeForm(
        request.POST or None, instance=row, currency=host.chain.currency, rules_above=_above(host, host.chain)
    )
    return _edit(
        request,
        host,
        form,
        lambda: places.edit_class_type(
            actor=request.user, class_type_id=row.pk, changes=form.changes(), now=timezone.now()
        ),
        title=row.title,
        done=reverse("classes:host-class-types", args=[chain]),
        switch=reverse("classes:host-class-type-switch", args=[chain, kind]),
        kind=row,
    )


@require_POST
@login_required
def class_type_switch(request: MemberRequest, chain: str, kind: str) -> HttpResponse:
    row = _class_type(manager_of(request, chain), kind)
    changes = {"is_active": not row.is_active}
    _switched(
        request,
        lambda: places.edit_class_type(actor=request.user, class_type_id=row.pk, changes=changes, now=timezone.now()),
    )
    return redirect("classes:host-class-types", chain)


def _edit(
    request: MemberRequest,
    host: Host,
    form: HostForm,
    write: Callable[[], object],
    *,
    title: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """A form over a service: written and back with a word, or shown again with what was wrong."""
    if request.method == "POST" and form.is_valid() and form.carried_out(write) is not None:
        messages.success(request, _("Saved."))
        return redirect(done)
    context = {**host_frame(request, host), "form": form, "title": title, **more}
    return render(request, "classes/host_edit.html", context, status=422 if form.errors else 200)


def _switched(request: MemberRequest, write: Callable[[], object]) -> None:
    try:
        write()
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Saved."))


def _above(host: Host, *layers: Any) -> Any:
    return above(layers, currency=host.chain.currency)


def _with_studios(request: MemberRequest, chain: str) -> Host:
    host = host_of(request, chain)
    if not host.manages_any:
        raise Http404
    return host


def _studio(host: Host, public_id: str) -> Studio:
    """Raises Http404, also for one of another chain and one that somebody else manages."""
    row = get_object_or_404(Studio.objects.in_chain(host.chain), public_id=public_id)
    if not host.manages(row.pk):
        raise Http404
    return row


def _room(host: Host, public_id: str) -> Room:
    row = get_object_or_404(Room.objects.in_chain(host.chain).select_related("studio"), public_id=public_id)
    if not host.manages(row.studio_id):
        raise Http404
    return row


def _class_type(host: Host, public_id: str) -> ClassType:
    return get_object_or_404(ClassType.objects.in_chain(host.chain), public_id=public_id)
