"""When two e-mail addresses are one mailbox, or come from one house (AFF-6)."""

from functools import cache
from pathlib import Path

# Where dots in the name mean nothing; both names are one provider.
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


def mailbox(address: str) -> str:
    """The address as its provider sorts it: small letters, without what follows a plus, at Gmail without dots."""
    name, _at, domain = address.strip().casefold().rpartition("@")
    domain = _domain(domain)
    name = name.partition("+")[0] or name
    if domain in _DOTLESS:
        name, domain = name.replace(".", ""), _DOTLESS[domain]
    return f"{name}@{domain}"


def house(address: str) -> str:
    """The domain, where it says something about the person; empty for providers that take anybody."""
    domain = _domain(address.strip().casefold().rpartition("@")[2])
    return "" if domain in _free_domains() else domain


def _domain(name: str) -> str:
    """As the net knows it: a domain with other letters may be written in two ways."""
    bare = name.rstrip(".")
    try:
        return bare.encode("idna").decode("ascii")
    except UnicodeError:  # nothing that could be delivered to
        return bare


@cache
def _free_domains() -> frozenset[str]:
    lines = (Path(__file__).parent / "data" / "free_mail.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
