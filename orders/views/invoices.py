from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from orders.policy import orders_visible_to


@login_required
@require_safe
def invoice(request: HttpRequest, number: str) -> HttpResponse:
    """The documents of an order, the invoice first, each on a sheet of its own when printed (ORD-16)."""
    order = get_object_or_404(orders_visible_to(request.user), number=number)
    documents = list(order.invoices.order_by("issued_at", "pk"))
    return render(request, "orders/order_invoice.html", {"order": order, "documents": documents})
