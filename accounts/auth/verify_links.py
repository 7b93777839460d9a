"""The link in a confirmation mail. The code beside it works where it was asked for; the link works on any device."""

import dataclasses

from allauth.account.models import EmailAddress
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User

_SALT = "accounts.verify_link"
MAX_AGE = 60 * 60 * 24 * 3


@dataclasses.dataclass(frozen=True)
class VerifyLink:
    user: User
    email: str
    is_done: bool


def verify_url(request: HttpRequest, address: EmailAddress) -> str:
    primary = _primary_id(address.user_id)
    token = signing.dumps([address.user_id, address.email, primary], salt=_SALT)
    return request.build_absolute_uri(reverse("account_verify_link", args=[token]))


def read_verify_link(token: str) -> VerifyLink | None:
    """None when the link is forged, older than three days, or the person's address has changed since.

    It is bound to the primary address of the moment it was made: an old link cannot change an address back.
    """
    try:
        user_id, email, primary = signing.loads(token, salt=_SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    is_done = EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()
    if not is_done and _primary_id(user_id) != primary:
        return None
    return VerifyLink(user, email, is_done)


def _primary_id(user_id: int) -> int | None:
    primary: int | None = (
        EmailAddress.objects.filter(user_id=user_id, primary=True).values_list("pk", flat=True).first()
    )
    return primary
