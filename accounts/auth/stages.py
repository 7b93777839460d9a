from typing import Any

from allauth.account.stages import EmailVerificationStage

from accounts.models import User


class NewcomerVerificationStage(EmailVerificationStage):
    """Stops people at the code only while they sign up. Whoever signs in later without having confirmed is let in to
    look around, with a banner; the rule `is_verified_email` keeps them from writing (F2)."""

    def handle(self) -> tuple[Any, bool]:
        if self.login.user is not None and not self.login.signup:
            return None, True
        if self.login.user is None:
            # Somebody signs up with an address we know: hash as long as we would have for a stranger (SEC-1).
            User().set_password("as long as any other")
        response, goes_on = super().handle()
        return response, bool(goes_on)
