from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission

from accounts.enums import Role
from accounts.roles import allows, app_labels


def sync_roles(app_config: AppConfig, *, using: str = "default") -> None:
    """Make the groups hold what `accounts.roles` says about the permissions of one app, no more and no less.

    Runs after each migration of that app. Permissions that an operator adds by hand to these groups are taken away:
    the table is the only truth.
    """
    if app_config.label not in app_labels():
        return
    permissions = Permission.objects.using(using).filter(content_type__app_label=app_config.label)
    named = {f"{app_config.label}.{permission.codename}": permission for permission in permissions}
    for role in Role:
        group, _ = Group.objects.using(using).get_or_create(name=role.value)
        wanted = {permission for name, permission in named.items() if allows(role, name)}
        held = set(group.permissions.filter(content_type__app_label=app_config.label))
        group.permissions.add(*(wanted - held))
        group.permissions.remove(*(held - wanted))
