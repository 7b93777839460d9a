"""Messages of the test bank, signed as a real one's are: over the body as sent, with the time in it."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from orders.providers.base import ProviderEventData, SignatureError

HEADER = "X-Test-Signature"


def signature_of(body: bytes) -> str:
    key = f"test bank {settings.SECRET_KEY}".encode()
    return hmac.new(key, body, hashlib.sha256).hexdigest()


def signed(kind: str, reference: str, *, event_id: str = "", refund: str = "") -> tuple[bytes, dict[str, str]]:
    """Body and headers of a message of the bank."""
    content = {
        "id": event_id or f"evt_{secrets.token_hex(12)}",
        "kind": kind,
        "reference": reference,
        "refund": refund,
    }
    body = json.dumps(content).encode()
    return body, {HEADER: signature_of(body)}


def read(body: bytes, headers: Mapping[str, str]) -> ProviderEventData:
    given = {name.lower(): value for name, value in headers.items()}.get(HEADER.lower(), "")
    if not hmac.compare_digest(given.encode(), signature_of(body).encode()):
        raise SignatureError("The signature does not fit the message.")
    content: dict[str, Any] = json.loads(body)
    return ProviderEventData(
        event_id=content["id"],
        kind=content["kind"],
        reference=content["reference"],
        refund_reference=content.get("refund", ""),
        payload=content,
    )
