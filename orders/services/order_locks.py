"""The order in which rows of money are locked, everywhere: the order, then its scarce rows, then the payment."""

from orders.models import Order, Payment, Refund


def locked_order(order_id: int) -> Order:
    """Raises Order.DoesNotExist."""
    return Order.objects.select_for_update(no_key=True, of=("self",)).select_related("kitchen").get(pk=order_id)


def locked_payment(payment_id: int, *, order: Order) -> Payment:
    """After its order. The payment holds that very order object."""
    payment = Payment.objects.select_for_update(no_key=True).get(pk=payment_id)
    payment.order = order
    return payment


def locked_refund(refund_id: int) -> Refund:
    """With its payment and order, locked in the common order."""
    found = Refund.objects.select_related("payment").get(pk=refund_id)
    order = locked_order(found.payment.order_id)
    payment = locked_payment(found.payment_id, order=order)
    refund = Refund.objects.select_for_update(no_key=True).get(pk=refund_id)
    refund.payment = payment
    return refund
