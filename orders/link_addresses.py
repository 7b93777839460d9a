"""How a paid link is written out: its address, and that as a QR code."""

import segno
from django.conf import settings
from django.urls import reverse


def address_of(code: str) -> str:
    return str(settings.SITE_URL).rstrip("/") + reverse("orders:link", args=[code])


def qr_of(code: str) -> str:
    """The address as a drawing (SVG)."""
    drawn = segno.make(address_of(code), error="m", micro=False)
    return str(drawn.svg_inline(scale=8, border=4, dark="#000", light="#fff", title=address_of(code)))
