"""Stripe's messages: signed over the raw body with the time in it, so that an old one cannot be sent again later."""

import json
from collections.abc import Mapping
from typing import Any

import stripe
from django.conf import settings

from orders.providers.base import ProviderEventData, SignatureError

HEADER = "Stripe-Signature"
TOLERANCE_SECONDS = 300


def read(body: bytes, headers: Mapping[str, str]) -> ProviderEventData:
    """Raises SignatureError for a wrong, missing or old signature, and for what is no message at all."""
    given = {name.lower(): value for name, value in headers.items()}.get(HEADER.lower(), "")
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise SignatureError("There is no secret to check a signature with.")
    try:
        text = body.decode()
        stripe.WebhookSignature.verify_header(text, given, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE_SECONDS)
        return _told(json.loads(text))
    except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError) as error:
        raise SignatureError("The signature does not fit the message.") from error


def _told(event: dict[str, Any]) -> ProviderEventData:
    subject = event["data"]["object"]
    is_intent, is_refund = subject.get("object") == "payment_intent", subject.get("object") == "refund"
    return ProviderEventData(
        event_id=event["id"],
        kind=event["type"],
        reference=str((subject["id"] if is_intent else subject.get("payment_intent")) or ""),
        refund_reference=subject["id"] if is_refund else "",
        payload=_kept(event, subject),
    )


def _kept(event: dict[str, Any], subject: dict[str, Any]) -> dict[str, Any]:
    """What staff need to follow it. Names and addresses of the payer stay with Stripe."""
    names = ("id", "object", "amount", "amount_received", "currency", "status", "payment_intent")
    return {
        "id": event["id"],
        "type": event["type"],
        "created": event.get("created"),
        "livemode": event.get("livemode"),
        "object": {name: subject[name] for name in names if name in subject},
    }
