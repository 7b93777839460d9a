from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from accounts.enums import Role
from accounts.models import FormerHandle, RoleChange
from accounts.roles import ROLES
from fitfoodie.common.backoffice import ReadOnlyAdmin

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin):
    """The roles with their permissions spelled out (N28). The table in the code is the only place to change them."""

    list_display = ["label", "holders", "may"]
    list_display_links = ["label"]
    fields = ["label", "may", "granted"]
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).annotate(holder_count=Count("user")).order_by("name")  # type: ignore[no-any-return]

    @display(description=_("role"))
    def label(self, group: Group) -> str:
        return str(Role(group.name).label) if group.name in Role.values else group.name

    @display(description=_("people"))
    def holders(self, group: Group) -> str:
        return str(_("everyone")) if group.name == Role.USER else str(getattr(group, "holder_count", ""))

    @display(description=_("may"))
    def may(self, group: Group) -> SafeString:
        spec = ROLES[Role(group.name)] if group.name in Role.values else None
        return format_html_join("", "<div>{}</div>", ((text,) for text in spec.may)) if spec else format_html("")

    @display(description=_("permissions"))
    def granted(self, group: Group) -> SafeString:
        permissions = group.permissions.order_by("content_type", "codename")
        names = permissions.values_list("content_type__app_label", "codename")
        return format_html_join("", "<div><code>{}.{}</code></div>", names)


@admin.register(RoleChange)
class RoleChangeAdmin(ReadOnlyAdmin):
    list_display = ["changed_at", "user", "role", "is_grant", "reason", "actor"]
    list_filter = ["role", "is_grant"]
    list_select_related = ["user", "actor"]
    search_fields = ["user__email", "user__handle", "reason"]
    date_hierarchy = "changed_at"
    ordering = ["-changed_at", "-id"]


@admin.register(FormerHandle)
class FormerHandleAdmin(ReadOnlyAdmin):
    list_display = ["handle", "user", "given_up_at"]
    list_select_related = ["user"]
    search_fields = ["handle", "user__handle", "user__email"]
    ordering = ["-given_up_at"]
