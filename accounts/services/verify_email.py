from allauth.account.internal.flows.email_verification import verify_email
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext

from accounts.events import EmailVerified
from accounts.models import User
from fitfoodie.common.errors import ConflictError
from fitfoodie.events.services import record


@transaction.atomic
def verify_address(*, request: HttpRequest, user: User, email: str) -> None:
    """Confirm an address of the person; one they are changing to replaces the old, which is told (SEC-2).

    Raises ConflictError when somebody else has confirmed the same address in the meantime.
    """
    address = EmailAddress.objects.filter(user=user, email__iexact=email).first()
    if not verify_email(request, address or EmailAddress(user=user, email=email)):
        raise ConflictError(gettext("Another account has confirmed this address."), code="email_taken", field="email")
    record(EmailVerified(user_id=user.pk), actor=user, subject=user)
