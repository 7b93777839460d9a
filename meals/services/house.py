from datetime import datetime
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.services.roles import grant_role
from accounts.services.sign_up import sign_up

# Nobody can receive mail there (RFC 2606), so nobody can take the account over by a reset.
HOUSE_EMAIL: Final = "kitchen@fitfoodie.invalid"
HOUSE_HANDLE: Final = "house_kitchen"


@transaction.atomic
def house_creator(*, name: str, now: datetime) -> User:
    """The account that recipes of others are published under: it cannot sign in, and their authors stay named."""
    found = User.objects.filter(email=HOUSE_EMAIL).first()
    if found:
        return found
    user = User(email=HOUSE_EMAIL, handle=HOUSE_HANDLE, name=name)
    user.set_unusable_password()
    sign_up(user=user, method="house")
    EmailAddress.objects.update_or_create(user=user, email=HOUSE_EMAIL, defaults={"verified": True, "primary": True})
    grant_role(user=user, role=Role.CREATOR, actor=None, reason="Publishes imported recipes", now=now)
    return user
