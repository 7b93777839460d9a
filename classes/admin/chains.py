"""Chains, their places and their staff in the back office: looked at, and changed by the services that hosts use."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from accounts.forms import add_domain_error
from classes import rules
from classes.admin.scope import AcrossChainsMixin
from classes.forms.staff_chains import ChainForm, NewChainForm, initial_of
from classes.models import Chain, ChainStaff, ClassType, Room, Studio
from classes.policies import NAMES as POLICY_NAMES
from classes.services.chains import create_chain, edit_chain
from classes.services.places import edit_class_type, edit_room, edit_studio
from classes.services.staff import remove_staff
from fitfoodie.common.backoffice import ReadOnlyAdmin
from fitfoodie.common.errors import DomainError
from fitfoodie.common.reasons import ActingMixin, reasoned_action

CLOSED: Mapping[str, Any] = {"is_active": False}
OPEN: Mapping[str, Any] = {"is_active": True}


def _switch(write: Callable[..., object], key: str, changes: Mapping[str, Any]) -> Any:
    """An action that closes or opens through the service of its model."""

    def carry(row: Any, actor: Any, reason: str, now: datetime) -> object:
        return write(**{key: row.pk}, actor=actor, changes=changes, reason=reason, now=now)

    return carry


@admin.register(Chain)
class ChainAdmin(ActingMixin, ReadOnlyAdmin):
    list_display = ["name", "slug", "domain", "currency", "time_zone", "is_active"]
    list_filter = ["is_active", "currency"]
    search_fields = ["name", "slug", "domain", "=public_id"]
    search_help_text = _("Name, address, domain")
    date_hierarchy = "created_at"
    ordering = ["name", "id"]
    fields = [
        ("name", "slug", "public_id"),
        "about",
        ("email", "domain", "colour"),
        ("currency", "time_zone", "is_active"),
        *POLICY_NAMES,
        ("created_at", "updated_at"),
    ]
    actions_list = ["make"]
    actions_detail = ["rewrite"]
    actions = [
        reasoned_action("close", _("Close with a reason"), _switch(edit_chain, "chain_id", CLOSED)),
        reasoned_action("open", _("Open again with a reason"), _switch(edit_chain, "chain_id", OPEN)),
    ]

    def has_write_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return rules.is_house_admin(request.user)

    @action(description=_("Open a chain"), url_path="make", permissions=["write"], icon="add")
    def make(self, request: HttpRequest) -> HttpResponse:
        form = NewChainForm(request.POST if request.method == "POST" else None)
        return self._written(request, form, partial(self._create, request, form), now_in_words("Open a chain"))

    @action(description=_("Change with a reason"), url_path="rewrite", permissions=["write"], icon="edit")
    def rewrite(self, request: HttpRequest, object_id: str) -> HttpResponse:
        chain = self.get_object(request, object_id)
        if chain is None:
            raise Http404
        form = ChainForm(request.POST if request.method == "POST" else None, initial=initial_of(chain))
        title = now_in_words("Change %(name)s") % {"name": chain.name}
        return self._written(request, form, partial(self._edit, request, form, chain), title)

    def _create(self, request: HttpRequest, form: NewChainForm) -> Chain:
        given = form.cleaned_data
        return create_chain(
            actor=_actor(request), owner=given["owner"], reason=given["reason"], now=timezone.now(), **form.about()
        )

    def _edit(self, request: HttpRequest, form: ChainForm, chain: Chain) -> Chain:
        reason = form.cleaned_data["reason"]
        return edit_chain(
            actor=_actor(request), chain_id=chain.pk, changes=form.about(), reason=reason, now=timezone.now()
        )

    def _written(self, request: HttpRequest, form: ChainForm, write: Callable[[], Chain], title: str) -> HttpResponse:
        if form.is_valid():
            try:
                chain = write()
            except DomainError as error:
                add_domain_error(form, error)
            else:
                messages.success(request, now_in_words("Saved."))
                return redirect("admin:classes_chain_change", chain.pk)
        context = self.admin_site.each_context(request) | {"title": title, "form": form, "opts": self.opts}
        return render(request, "orders/admin_code.html", context | {"back": reverse("admin:classes_chain_changelist")})


def _actor(request: HttpRequest) -> Any:
    return request.user


@admin.register(Studio)
class StudioAdmin(AcrossChainsMixin, ActingMixin, ReadOnlyAdmin):
    list_display = ["name", "chain", "city", "country", "time_zone", "is_active"]
    list_filter = ["is_active", "country", ("chain", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["chain"]
    search_fields = ["name", "city", "chain__name", "=public_id"]
    search_help_text = _("Studio, city, chain")
    date_hierarchy = "created_at"
    ordering = ["chain_id", "name", "id"]
    actions = [
        reasoned_action("close", _("Close with a reason"), _switch(edit_studio, "studio_id", CLOSED)),
        reasoned_action("open", _("Open again with a reason"), _switch(edit_studio, "studio_id", OPEN)),
    ]


@admin.register(Room)
class RoomAdmin(AcrossChainsMixin, ActingMixin, ReadOnlyAdmin):
    list_display = ["name", "studio", "chain", "capacity", "is_active"]
    list_filter = ["is_active", ("chain", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["studio", "chain"]
    search_fields = ["name", "studio__name", "chain__name", "=public_id"]
    ordering = ["chain_id", "studio_id", "name"]
    actions = [
        reasoned_action("close", _("Take out of use with a reason"), _switch(edit_room, "room_id", CLOSED)),
        reasoned_action("open", _("Use again with a reason"), _switch(edit_room, "room_id", OPEN)),
    ]


@admin.register(ClassType)
class ClassTypeAdmin(AcrossChainsMixin, ActingMixin, ReadOnlyAdmin):
    list_display = ["title", "chain", "level", "minutes", "capacity", "price", "rating_average", "is_active"]
    list_filter = ["is_active", "level", "format", ("chain", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["chain"]
    search_fields = ["title", "chain__name", "=public_id"]
    date_hierarchy = "created_at"
    ordering = ["chain_id", "title", "id"]
    actions = [
        reasoned_action("retire", _("Retire with a reason"), _switch(edit_class_type, "class_type_id", CLOSED)),
        reasoned_action("offer", _("Offer again with a reason"), _switch(edit_class_type, "class_type_id", OPEN)),
    ]


def _remove(row: ChainStaff, actor: Any, reason: str, now: datetime) -> object:
    return remove_staff(actor=actor, staff_id=row.pk, reason=reason, now=now)


@admin.register(ChainStaff)
class ChainStaffAdmin(AcrossChainsMixin, ActingMixin, ReadOnlyAdmin):
    list_display = ["user", "role", "chain", "studio", "since", "is_active"]
    list_filter = ["is_active", "role", ("chain", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "chain", "studio"]
    search_fields = ["user__handle", "user__email", "chain__name"]
    search_help_text = _("Person, chain")
    date_hierarchy = "since"
    ordering = ["chain_id", "user_id", "id"]
    actions = [reasoned_action("remove", _("Take the role with a reason"), _remove)]
