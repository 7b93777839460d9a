"""Which addresses somebody earns by (AFF-12). By the address alone, so that every place that shows one can ask."""

import posixpath
from urllib.parse import unquote, urlsplit

from django.conf import settings

# Where the redirects of paid links live.
PAID_PATH = "/r/"


def is_paid_link(address: object) -> bool:
    """Whether a browser that follows it arrives at one of our paid redirects, however the address is spelled."""
    try:
        parts = urlsplit(str(address or "").strip())
    except ValueError:  # no address at all, such as an unclosed bracket
        return False
    if parts.hostname not in (None, urlsplit(settings.SITE_URL).hostname):
        return False
    return posixpath.normpath("/" + unquote(parts.path).lstrip("/")).startswith(PAID_PATH)
