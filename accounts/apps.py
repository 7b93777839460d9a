from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        # Connected after django.contrib.auth, which creates the permissions that the roles are given.
        import_module("accounts.checks")
        post_migrate.connect(_sync_roles, dispatch_uid="accounts.sync_roles")


def _sync_roles(sender: AppConfig, using: str, **kwargs: Any) -> None:
    from accounts.services.sync_roles import sync_roles  # noqa: PLC0415  app ready: models load after the apps

    sync_roles(sender, using=using)
