"""The cart and the way from it to an order: one page, one form, every button a POST."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fitfoodie.common.errors import DomainError
from fitfoodie.common.views import sent
from meals.models import Meal
from meals.views.cards import cover
from meals.views.requests import PageRequest
from orders.errors import PriceChangedError
from orders.models import Cart, CartItem, Order
from orders.selectors.slots import by_day, open_slots
from orders.services import cart as carts
from orders.services.overview import CartView, look_at_cart
from orders.services.placing import place_order
from orders.services.visiting import COUNT_KEY, cart_of_session, open_cart_of_session
from orders.validators import ADDRESS_FIELDS, REQUIRED_FOR_DELIVERY
from orders.views.codes import codes_context


@require_http_methods(["GET", "HEAD", "POST"])
def cart_page(request: PageRequest) -> HttpResponse:
    if request.method == "POST":
        return _submitted(request)
    return _page(request)


def _cart(request: PageRequest) -> Cart | None:
    return cart_of_session(person=request.user, session=request.session, now=timezone.now())


def _page(request: PageRequest, *, error: DomainError | None = None, status: int = 200) -> HttpResponse:
    cart = _cart(request)
    if cart is None or not cart.items.exists():
        _remember(request, 0)
        return render(request, "orders/cart.html", {"view": None, "error": error}, status=status)
    fresh = Cart.objects.select_related("kitchen", "slot").get(pk=cart.pk)
    view = look_at_cart(cart=fresh, person=request.user, now=timezone.now())
    _remember(request, view.portions)
    return render(request, "orders/cart.html", _context(request, view, error), status=status)


def _remember(request: PageRequest, portions: int) -> None:
    """Only where it changes: a page that is read writes no session."""
    if request.session.get(COUNT_KEY, 0) != portions:
        request.session[COUNT_KEY] = portions


def _context(request: PageRequest, view: CartView, error: DomainError | None) -> dict[str, Any]:
    kitchen = view.cart.kitchen
    typed = request.POST if request.method == "POST" else None
    fulfilment = sent(request, "fulfilment", view.cart.fulfilment)
    slots = open_slots(kitchen, now=timezone.now(), fulfilment=fulfilment) if kitchen else []
    return {
        "view": view,
        "lines": [{"line": line, "cover": cover(line.meal)} for line in view.lines],
        "kitchen": kitchen,
        "fulfilment": fulfilment,
        "days": by_day(slots, kitchen) if kitchen else [],
        "chosen": typed.get("slot", "") if typed else (view.cart.slot.public_id if view.cart.slot else ""),
        "note": typed.get("note", "") if typed else view.cart.note,
        "address": _address_fields(request, view.cart, typed, error),
        "concerned": sorted({concern.allergen for concern in view.concerns}, key=lambda allergen: str(allergen.label)),
        "error": error,
        "has_new_total": isinstance(error, PriceChangedError),
    } | codes_context(request, view.quote)


def _labels() -> dict[str, str]:
    return {
        "name": _("Name on the door"),
        "street": _("Street and number"),
        "extra": _("Floor, entrance"),
        "postcode": _("Postcode"),
        "city": _("City"),
        "phone": _("Phone"),
    }


_AUTOFILL = {
    "name": "name",
    "street": "address-line1",
    "extra": "address-line2",
    "postcode": "postal-code",
    "city": "address-level2",
    "phone": "tel",
}


def _address_fields(request: PageRequest, cart: Cart, typed: Any, error: DomainError | None) -> list[dict[str, Any]]:
    """What is typed, else what the cart holds, else where the last order went."""
    values = typed or cart.address or _last_address(request)
    errors = getattr(error, "errors", {})
    return [
        {
            "name": name,
            "label": label,
            "value": values.get(name, ""),
            "longest": ADDRESS_FIELDS[name],
            "is_needed": name in REQUIRED_FOR_DELIVERY,
            "autofill": _AUTOFILL[name],
            "error": errors.get(f"address/{name}", ""),
        }
        for name, label in _labels().items()
    ]


def _last_address(request: PageRequest) -> dict[str, str]:
    if request.user.pk is None:
        return {}
    orders = Order.objects.filter(customer_id=request.user.pk, fulfilment="delivery").exclude(address={})
    return orders.order_by("-placed_at", "-id").values_list("address", flat=True).first() or {}


def _submitted(request: PageRequest) -> HttpResponse:
    """Save what was typed, or order it. Nothing typed is lost when something is missing."""
    cart = _cart_to_place(request)
    if cart is None:
        return redirect("orders:cart")
    try:
        if request.POST.get("do") == "place":
            return _placed(request, cart)
        carts.set_details(cart_id=cart.pk, now=timezone.now(), changes=_details(request))
    except DomainError as error:
        return _page(request, error=error, status=error.status)
    return redirect("orders:cart")


def _cart_to_place(request: PageRequest) -> Cart | None:
    """The cart of the form: a second click finds the order it became, even when a new cart is open by then."""
    named = Cart.objects.filter(owner_id=request.user.pk, public_id=sent(request, "cart"))
    return (named.first() if request.user.pk else None) or _cart(request)


def _placed(request: PageRequest, cart: Cart) -> HttpResponse:
    if not request.user.is_authenticated:
        carts.set_details(cart_id=cart.pk, now=timezone.now(), changes=_details(request))
        return redirect(f"{reverse('account_login')}?next={reverse('orders:cart')}")
    details = _details(request)
    order = place_order(
        cart_id=cart.pk,
        customer=request.user,
        now=timezone.now(),
        delivery={name: value for name, value in details.items() if name != "note"},
        note=details["note"],
        confirmed_allergens=request.POST.getlist("confirmed"),
        seen_total=_total(request),
    )
    _remember(request, 0)
    return redirect(_next_of(order))


def _next_of(order: Order) -> str:
    """To pay, where there is something to pay and a way to."""
    if order.status != "pending_payment":
        return order.get_absolute_url()
    try:
        return reverse("orders:pay", kwargs={"number": order.number})
    except NoReverseMatch:  # no payments are offered on this site
        return order.get_absolute_url()


def _total(request: PageRequest) -> Decimal | None:
    try:
        shown = Decimal(request.POST["total"])
    except (KeyError, InvalidOperation):
        return None
    return shown if shown.is_finite() else None


def _details(request: PageRequest) -> dict[str, Any]:
    posted = request.POST
    details: dict[str, Any] = {"note": posted.get("note", "")}
    if "fulfilment" in posted:
        details["fulfilment"] = sent(request, "fulfilment")
    details["slot"] = sent(request, "slot")
    if posted.get("was", posted.get("fulfilment")) != posted.get("fulfilment"):
        details["slot"] = ""  # the times on the page were those of the other way
    if posted.get("fulfilment") == "delivery" or "street" in posted:
        details["address"] = {name: posted.get(name, "") for name in ADDRESS_FIELDS}
    return details


@require_POST
def cart_add(request: PageRequest) -> HttpResponse:
    """From a meal's page or card. Goes back there with word of it."""
    meal = Meal.objects.visible_to(request.user).filter(slug=sent(request, "meal")).first()
    if meal is None:
        raise Http404
    now = timezone.now()
    cart = open_cart_of_session(person=request.user, session=request.session, now=now)
    try:
        carts.add_to_cart(
            cart_id=cart.pk,
            meal_id=meal.pk,
            quantity=_quantity(request),
            person=request.user,
            now=now,
            click=sent(request, "via"),
        )
    except DomainError as error:
        return _not_added(request, meal, error)
    portions = sum(cart.items.values_list("quantity", flat=True))
    _remember(request, portions)
    said = _("“%(meal)s” is in your cart.") % {"meal": meal.title}
    if request.htmx:
        return _toast(render(request, "orders/_cart_count.html", {"cart_count": portions, "is_news": True}), said)
    messages.success(request, said)
    return redirect(_back(request, reverse("orders:cart")))


def _not_added(request: PageRequest, meal: Meal, error: DomainError) -> HttpResponse:
    if request.htmx:
        return _toast(HttpResponse(status=204), error.message, level="error")
    messages.error(request, error.message)
    return redirect(_back(request, meal.get_absolute_url()))


def _toast(response: HttpResponse, text: str, *, level: str = "success") -> HttpResponse:
    response["HX-Trigger"] = json.dumps({"toast": {"text": text, "level": level}})
    return response


def _quantity(request: PageRequest) -> int:
    text = sent(request, "quantity", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _back(request: PageRequest, otherwise: str) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if wanted and is_ours else otherwise


@require_POST
def cart_item(request: PageRequest, item_id: str) -> HttpResponse:
    """Another number of portions, or none of them."""
    cart = _cart(request)
    if cart is None:
        raise Http404
    try:
        if request.POST.get("do") == "remove":
            carts.remove_item(cart_id=cart.pk, item_id=item_id)
        else:
            carts.change_item(cart_id=cart.pk, item_id=item_id, quantity=_quantity(request))
    except CartItem.DoesNotExist:
        raise Http404 from None
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("orders:cart")
