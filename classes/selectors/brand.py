"""Whose domain it is: a chain on its own domain carries its name and colour and shows its studios alone (N125)."""

from dataclasses import dataclass

from django.core.cache import cache

from classes.models import Chain

# Seconds. An edit forgets what this process knows at once; others see it after this long.
KEPT_FOR = 60
_KEY = "classes.brand:"
_NOBODYS = "-"


@dataclass(frozen=True)
class Brand:
    chain_id: int
    slug: str
    name: str
    colour: str


def brand_of(host: str) -> Brand | None:
    """Of a host name as the browser sent it, with or without a port. One query at most, none within the minute."""
    domain = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    domain = domain.lower().rstrip(".")
    kept = cache.get(_KEY + domain)
    if kept is None:
        kept = _read(domain) or _NOBODYS
        cache.set(_KEY + domain, kept, KEPT_FOR)
    return kept if isinstance(kept, Brand) else None


def forget_brand(*domains: str | None) -> None:
    """After a change: of the domain that was, and the one that is."""
    cache.delete_many([_KEY + domain for domain in domains if domain])


def _read(domain: str) -> Brand | None:
    columns = ("pk", "slug", "name", "colour")
    found = Chain.objects.filter(domain=domain, is_active=True).values_list(*columns).first()
    return Brand(*found) if found else None
