"""The codes of a cart: typed in and taken out on the cart's page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fitfoodie.common.api.throttling import page_verdict
from fitfoodie.common.errors import DomainError
from fitfoodie.common.views import sent
from meals.views.requests import PageRequest
from orders.pricing.shapes import CodeOutcome, Quote
from orders.pricing.spelling import MAX_LENGTH
from orders.pricing.words import money
from orders.services.quoting import apply_code, remove_code
from orders.services.visiting import cart_of_session, open_cart_of_session

# The page that shows this part.
CART_PAGE = "/cart/#codes"
# What was refused, until the cart's page has shown it once beside the field.
_REFUSED = "cart_code_refused"


def codes_context(request: PageRequest, quote: Quote) -> dict[str, Any]:
    """For `orders/_codes.html`: each code with what it saves or why not, and what was just refused."""
    refused = request.session.pop(_REFUSED, None) or {"typed": "", "text": ""}
    return {
        "codes": [_chip(outcome, quote.currency) for outcome in quote.codes],
        "code_typed": refused["typed"],
        "code_error": refused["text"],
    }


@require_POST
def code_apply(request: PageRequest) -> HttpResponse:
    typed = sent(request, "code")[:MAX_LENGTH]
    verdict = page_verdict(request, "promo_code")
    if verdict.remaining < 0:
        wait = max(verdict.reset // 60, 1)
        return _refused(request, typed, _("Too many codes were tried. Wait %(wait)d minutes.") % {"wait": wait})
    now = timezone.now()
    cart = open_cart_of_session(person=request.user, session=request.session, now=now)
    try:
        apply_code(cart=cart, code=typed, customer=request.user, now=now)
    except DomainError as error:
        return _refused(request, typed, error.message)
    return _back()


@require_POST
def code_remove(request: PageRequest) -> HttpResponse:
    now = timezone.now()
    cart = cart_of_session(person=request.user, session=request.session, now=now)
    if cart is not None:
        try:
            remove_code(cart=cart, code=sent(request, "code"), customer=request.user, now=now)
        except DomainError as error:
            messages.error(request, error.message)
    return _back()


def _chip(outcome: CodeOutcome, currency: str) -> dict[str, Any]:
    return {
        "code": outcome.code,
        "is_applied": outcome.is_applied,
        "saved": money(-outcome.saved, currency),
        "text": outcome.text,
    }


def _refused(request: PageRequest, typed: str, text: str) -> HttpResponse:
    request.session[_REFUSED] = {"typed": typed, "text": text}
    return _back()


def _back() -> HttpResponse:
    return redirect(CART_PAGE)
