"""Where a creator reads why their earnings are frozen, without signing in: somebody suspended cannot."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

_SIGNER = Signer(salt="orders.earnings-freeze")


def freeze_path(public_id: str) -> str:
    return reverse("orders:frozen-earnings", kwargs={"token": _SIGNER.sign(public_id)})


def freeze_of_token(token: str) -> str:
    """The public id, or nothing for an address that is not of our making."""
    try:
        return _SIGNER.unsign(token)
    except BadSignature:
        return ""
