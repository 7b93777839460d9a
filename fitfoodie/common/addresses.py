"""Which network addresses the outside world may make us connect to (REC-5)."""

from __future__ import annotations

import ipaddress

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# What `is_global` of the standard library lets through and we do not.
_REFUSED_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",  # "this host" on many systems
        "100.64.0.0/10",  # carrier-grade NAT; one cloud keeps its metadata service here
        "168.63.129.16/32",  # a public-looking address that is a cloud's own host agent
        "192.88.99.0/24",  # 6to4 relays
        "::/96",  # IPv4-compatible, deprecated: ::127.0.0.1
        "fec0::/10",  # site-local, deprecated
    )
)
# Prefixes that carry an IPv4 address inside: (network, how far to shift the address right to find it).
_EMBEDDING_NETWORKS = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)
_NEVER_NETWORKS = (
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # local-use NAT64: leads into the operator's own network
    ipaddress.IPv6Network("2001::/32"),  # Teredo: the true address is the relay's guess
)


def _embedded_ipv4(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    for network, shift in _EMBEDDING_NETWORKS:
        if address in network:
            return ipaddress.IPv4Address((int(address) >> shift) & 0xFFFF_FFFF)
    return None


def is_public(address: IPAddress) -> bool:
    """Whether a request made for a stranger may go to this address. Unknown kinds are not public."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _embedded_ipv4(address)
        if inner is not None:
            return is_public(inner)
        if any(address in network for network in _NEVER_NETWORKS):
            return False
    if any(address.version == network.version and address in network for network in _REFUSED_NETWORKS):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
