"""Whether a creator would earn on an order of their own (AFF-6). The order is never refused; it just pays nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.models import User
from orders.enums import CommissionStatus, PaymentStatus, WhyNotPaid
from orders.mail_addresses import house, mailbox
from orders.models import KitchenCreator, KitchenMember, Order, Payment


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


def judge_order(*, order: Order, creators: Sequence[User]) -> dict[int, Verdict]:
    """For each creator, by what is known when the order is placed: account, mailbox, kitchen, mail domain."""
    if not creators:
        return {}
    addresses = _addresses(order, creators)
    colleagues = _colleagues(order, creators)
    return {creator.pk: _verdict(order, creator, addresses, colleagues) for creator in creators}


def paid_by_themselves(*, order: Order, creator_ids: Iterable[int]) -> set[int]:
    """Creators who paid an order of their own with the means that paid this one; known once it is paid."""
    ids = sorted(set(creator_ids))
    prints = list(order.payments.exclude(fingerprint="").values_list("fingerprint", flat=True)) if ids else []
    if not prints:
        return set()
    paid = Payment.objects.filter(fingerprint__in=prints, status=PaymentStatus.SUCCEEDED, order__customer_id__in=ids)
    return {int(pk) for pk in paid.values_list("order__customer_id", flat=True) if pk is not None}


def _verdict(order: Order, creator: User, addresses: dict[int | None, set[str]], colleagues: set[int]) -> Verdict:
    if creator.pk == order.customer_id:
        return own(WhyNotPaid.OWN_ACCOUNT)
    theirs, buyers = addresses[creator.pk], addresses[None]
    if {mailbox(address) for address in theirs} & {mailbox(address) for address in buyers}:
        return own(WhyNotPaid.OWN_EMAIL)
    if creator.pk in colleagues:
        return own(WhyNotPaid.OWN_KITCHEN)
    if ({house(address) for address in theirs} & {house(address) for address in buyers}) - {""}:
        return held(WhyNotPaid.SAME_DOMAIN)
    return CLEAN


def _addresses(order: Order, creators: Sequence[User]) -> dict[int | None, set[str]]:
    """Every address of each creator, and of the buyer under None."""
    found: dict[int | None, set[str]] = {creator.pk: {creator.email} for creator in creators}
    found[None] = {order.customer_email} | ({order.customer.email} if order.customer else set())
    people = {creator.pk for creator in creators} | {order.customer_id}
    rows = EmailAddress.objects.filter(user_id__in=people - {None}).values_list("user_id", "email")
    for person_id, email in rows:
        found[person_id if person_id in found else None].add(email)
        if person_id == order.customer_id:
            found[None].add(email)
    return found


def _colleagues(order: Order, creators: Sequence[User]) -> set[int]:
    """Creators in whose kitchen the buyer works: one that cooks for them by name, or that they work in too."""
    kitchens = list(KitchenMember.objects.filter(person_id=order.customer_id).values_list("kitchen_id", flat=True))
    if not kitchens or order.customer_id is None:
        return set()
    ids = [creator.pk for creator in creators]
    named = KitchenCreator.objects.filter(kitchen_id__in=kitchens, creator_id__in=ids)
    working = KitchenMember.objects.filter(Q(kitchen_id__in=kitchens), person_id__in=ids)
    return {*named.values_list("creator_id", flat=True), *working.values_list("person_id", flat=True)}
