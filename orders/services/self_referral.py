"""Whether a creator would earn on an order of their own (AFF-6). The order is never refused; it just pays nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orders.enums import CommissionStatus, PaymentStatus, WhyNotPaid
from orders.mail_addresses import house, mailbox
from orders.models import Order, Payment
from orders.selectors.earners import Earner


@dataclass(frozen=True)
class Verdict:
    """What a commission begins as, and why if it is not simply pending."""

    status: CommissionStatus = CommissionStatus.PENDING
    reason: str = ""


CLEAN = Verdict()


def own(reason: WhyNotPaid) -> Verdict:
    return Verdict(CommissionStatus.SELF_REFERRAL, reason.value)


def held(reason: WhyNotPaid) -> Verdict:
    return Verdict(CommissionStatus.HOLD, reason.value)


def judge(*, order: Order, creator_id: int, people: Mapping[int, Earner]) -> Verdict:
    """By what is known when the order is placed: account, mailbox, kitchen, mail domain. `people` holds the creator,
    and the buyer where there is one; the address of the order itself is looked at too."""
    if creator_id == order.customer_id:
        return own(WhyNotPaid.OWN_ACCOUNT)
    creator = people[creator_id]
    buyers = people.get(order.customer_id or 0, Earner()).addresses | {order.customer_email}
    if {*map(mailbox, creator.addresses)} & {*map(mailbox, buyers)}:
        return own(WhyNotPaid.OWN_EMAIL)
    if creator.is_colleague:
        return own(WhyNotPaid.OWN_KITCHEN)
    if ({*map(house, creator.addresses)} & {*map(house, buyers)}) - {""}:
        return held(WhyNotPaid.SAME_DOMAIN)
    return CLEAN


def paid_by_themselves(*, order: Order, creator_ids: Iterable[int]) -> set[int]:
    """Creators who paid an order of their own with the means that paid this one; known once it is paid."""
    ids = sorted(set(creator_ids))
    prints = list(order.payments.exclude(fingerprint="").values_list("fingerprint", flat=True)) if ids else []
    if not prints:
        return set()
    paid = Payment.objects.filter(fingerprint__in=prints, status=PaymentStatus.SUCCEEDED, order__customer_id__in=ids)
    return {int(pk) for pk in paid.values_list("order__customer_id", flat=True) if pk is not None}
