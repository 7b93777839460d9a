from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import action, display

from accounts.admin.actions import PERSON_ACTIONS, PersonAction
from accounts.enums import Role
from accounts.models import FormerHandle, Profile, RoleChange, User
from accounts.roles import GRANTABLE_ROLES
from fitfoodie.common.backoffice import ReadOnlyAdmin, carried_out


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(role.value, role.label) for role in GRANTABLE_ROLES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        group = User.groups.through.objects.filter(user_id=OuterRef("pk"), group__name=self.value())
        return queryset.filter(Exists(group)) if self.value() in Role.values else queryset


class LeavingFilter(admin.SimpleListFilter):
    title = _("leaving")
    parameter_name = "leaving"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("asked to be deleted"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.exclude(deletion_requested_at=None) if self.value() == "yes" else queryset


class ReadOnlyInline(TabularInline):
    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RoleChangeInline(ReadOnlyInline):
    model = RoleChange
    fk_name = "user"
    fields = ["changed_at", "role", "is_grant", "reason", "actor"]
    ordering = ["-changed_at"]
    tab = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleChange]:
        return super().get_queryset(request).select_related("actor")  # type: ignore[no-any-return]


class FormerHandleInline(ReadOnlyInline):
    model = FormerHandle
    fields = ["handle", "given_up_at"]
    ordering = ["-given_up_at"]
    tab = True


class ProfileInline(ReadOnlyInline):
    """What others may see. Allergies are health: not even staff need them here."""

    model = Profile
    fields = ["bio", "city", "country", "links", "level", "is_verified"]
    tab = True


@admin.register(User)
class PersonAdmin(ReadOnlyAdmin):
    list_display = ["name", "handle", "email", "role_names", "verified", "is_active", "joined_at", "last_login"]
    list_display_links = ["name", "handle"]
    list_filter = [RoleFilter, "is_active", "is_staff", "profile__is_verified", LeavingFilter]
    list_select_related = ["profile"]
    search_fields = ["email", "handle", "name", "former_handles__handle"]
    search_help_text = _("E-mail, handle of now or before, name")
    ordering = ["-joined_at", "-id"]
    inlines = [ProfileInline, RoleChangeInline, FormerHandleInline]
    fieldsets = [
        (None, {"fields": [("name", "handle"), ("email", "role_names")]}),
        (
            _("State"),
            {"fields": [("is_active", "is_staff"), ("joined_at", "last_login"), ("deletion_requested_at", "history")]},
        ),
    ]
    # In a row of their own the five would leave no room for the name of the person.
    actions_detail = [
        {"title": _("Roles"), "icon": "shield_person", "items": ["grant", "remove"]},
        {"title": _("Account"), "icon": "lock", "items": ["sign_out", "deactivate", "reactivate"]},
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")  # type: ignore[no-any-return]

    @display(description=_("roles"))
    def role_names(self, person: User) -> str:
        return ", ".join(str(role.label) for role in GRANTABLE_ROLES if role in person.roles) or "–"

    @display(description=_("verified"), boolean=True)
    def verified(self, person: User) -> bool:
        return person.profile.is_verified

    @display(description=_("what happened"))
    def history(self, person: User) -> SafeString:
        query = urlencode({"subject_type": "accounts.user", "subject_id": person.pk})
        address = f"{reverse('admin:events_event_changelist')}?{query}"
        return format_html('<a class="text-primary-600 dark:text-primary-400" href="{}">{}</a>', address, _("Events"))

    def has_manage_roles_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm("accounts.manage_roles")

    def has_deactivate_user_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm("accounts.deactivate_user")

    def has_sign_out_user_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm("accounts.sign_out_user")

    def get_urls(self) -> list[Any]:
        own = [
            path(
                f"<int:object_id>/{name.replace('_', '-')}/ask",
                self.admin_site.admin_view(self._asking(spec)),
                name=f"accounts_user_{name}_ask",
            )
            for name, spec in PERSON_ACTIONS.items()
        ]
        return [*own, *super().get_urls()]

    def _asking(self, spec: PersonAction) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, object_id: int) -> HttpResponse:
            return self.ask(request, object_id, spec)

        return view

    def ask(self, request: HttpRequest, object_id: int, spec: PersonAction) -> HttpResponse:
        """A page that asks why (and which role), then calls the service; staff without the permission get 403."""
        actor = request.user
        if not isinstance(actor, User) or not actor.has_perm(spec.permission):
            raise PermissionDenied
        person = User.objects.filter(pk=object_id).first()
        if person is None:
            raise Http404
        form = spec.form(request.POST if request.method == "POST" else None)
        if form.is_valid():
            data = form.cleaned_data
            done = gettext("%(action)s: done.") % {"action": spec.label}
            if carried_out(request, lambda: spec.write(person, actor, data, timezone.now()), done=done):
                return redirect("admin:accounts_user_change", person.pk)
        context = self.admin_site.each_context(request) | {
            "title": spec.label,
            "rows": [f"{person} · {person.email}"],
            "cancel_url": reverse("admin:accounts_user_change", args=[person.pk]),
            "form": form,
            "opts": self.model._meta,
            "is_dangerous": spec.is_dangerous,
        }
        return render(request, "common/admin_reason.html", context)


def _add_buttons() -> None:
    """One button on the person's page for each action; unfold wants a method apiece."""
    for name, spec in PERSON_ACTIONS.items():
        setattr(PersonAdmin, name, _button(name, spec))


def _button(name: str, spec: PersonAction) -> Any:
    def leads_to_the_page(self: PersonAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(f"admin:accounts_user_{name}_ask", object_id)

    leads_to_the_page.__name__ = name
    permission = spec.permission.removeprefix("accounts.")
    url_path = name.replace("_", "-")
    button = action(description=str(spec.label), url_path=url_path, permissions=[permission], icon=spec.icon)
    return button(leads_to_the_page)


_add_buttons()
