"""Who is asking (SEC-5): the address that our own outermost proxy saw, never one that the client wrote itself."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# Behind a unix socket there is no peer address; this one belongs to nobody.
UNKNOWN = "0.0.0.0"  # noqa: S104  a placeholder in records, nothing is bound to it


def client_ip(request: HttpRequest) -> str:
    """Counts `TRUSTED_PROXY_COUNT` hops from the right of X-Forwarded-For; entries further left are hearsay.

    With fewer hops than configured the request did not come through the proxies, so only the peer counts.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    count = settings.TRUSTED_PROXY_COUNT
    candidate = hops[-count] if 0 < count <= len(hops) else request.META.get("REMOTE_ADDR", "")
    return _address(candidate) or _address(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def shortened(ip: str) -> str:
    """Enough to recognise a place, too little to name a person: /24 for IPv4, /48 for IPv6."""
    address = ipaddress.ip_address(ip)
    network = ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False)
    return f"{str(network.network_address).removesuffix('.0')}.x" if address.version == 4 else f"{network}"


def _address(text: str) -> str | None:
    """Proxies write plain addresses, some with a port, IPv6 then in brackets."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
