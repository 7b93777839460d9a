"""Letters about the safety of an account. Rendered at once, sent in the background: a slow mail server is nobody's
wait, and tells nobody whether an address is known (SEC-1)."""

from typing import Any

from allauth.account.adapter import get_adapter

from accounts.models import User


def send_security_mail(user: User, template: str, context: dict[str, Any] | None = None) -> None:
    """Template prefix below `account/email/`, to the person's primary address."""
    get_adapter().send_notification_mail(f"account/email/{template}", user, context, email=user.email)


def send_token_reused_mail(user: User) -> None:
    send_security_mail(user, "token_reused")
