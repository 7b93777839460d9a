from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class PersonBackend(AuthenticationBackend):
    """Signing in is allauth's; a request of somebody signed in reads person, profile and preferences in one query."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("profile", "preferences").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
