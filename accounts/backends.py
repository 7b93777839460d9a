from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef

from accounts.models import User
from fitfoodie.common.statements import Given, Statement, compiled


class PersonBackend(AuthenticationBackend):
    """Signing in is allauth's; a request of somebody signed in reads person, profile, preferences and
    whether an address is confirmed in one query."""

    def get_user(self, user_id: int) -> User | None:
        user: User | None = next(iter(_person().instances(pk=user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None


@cache
def _person() -> Statement:
    """Every request of somebody signed in asks this."""
    is_verified = Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True))
    people = User.objects.select_related("profile__photo", "preferences").annotate(has_verified_email=is_verified)
    return compiled(people.filter(pk=Given("pk", User._meta.pk)))
