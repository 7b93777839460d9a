import secrets
from typing import Any

from allauth.account.stages import EmailVerificationStage
from django.db import transaction

from accounts.models import User
from accounts.services.sign_up import sign_up


class NewcomerVerificationStage(EmailVerificationStage):
    """Stops people at the code only while they sign up. Whoever signs in later without having confirmed is let in to
    look around, with a banner; the rule `is_verified_email` keeps them from writing (F2)."""

    def handle(self) -> tuple[Any, bool]:
        if self.login.user is not None and not self.login.signup:
            return None, True
        if self.login.user is None:
            _rehearse_sign_up()
        response, goes_on = super().handle()
        return response, bool(goes_on)


def _rehearse_sign_up() -> None:
    """Somebody signs up with an address we know: do the work that a new address would cost, and take it back, so that
    the time of the answer tells nothing (SEC-1)."""
    nobody = User(email=f"{secrets.token_hex(12)}@rehearsal.invalid")
    nobody.set_password(secrets.token_urlsafe(12))
    with transaction.atomic():
        sign_up(user=nobody)
        transaction.set_rollback(True)
