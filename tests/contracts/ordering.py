"""Orders, codes, links and posts for the world that every described operation is carried out in."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone

from influencers.models import CoverPhoto, CreatorPage, PostPhoto
from influencers.tests.factories_posts import make_post
from orders.models import CartItem, Kitchen, KitchenMember
from orders.services.commissions import approve_due_commissions
from orders.tests import factories, factories_affiliate, factories_money
from orders.tests.factories_pricing import make_code
from orders.tests.services.test_commissions import HOLDING, bought


def add_ordering(world: Any) -> None:
    """What stands in the path of each operation is kept in `world.paths`, by the operation and its example."""
    now = timezone.now()
    kitchen = factories.make_kitchen(capacity=None)
    slot = factories.make_slots_now(kitchen)
    KitchenMember.objects.create(kitchen=kitchen, person=world.ben)
    dish = factories.make_dish(world.ben, "Red lentil soup")
    make_code("SPRING10", percent="10.00", creator=world.ben)
    make_code("PAUSED10", percent="10.00", creator=world.ada)

    def order():
        cart = factories.filled_cart(world.ada, [dish], slot=slot, now=now)
        return factories.place_order(cart_id=cart.pk, customer=world.ada, now=now)

    waiting, cancelled, paid = order(), order(), factories.pay(order(), now=now)
    captured = factories_money.make_paid_order(world.ada, kitchen=kitchen)
    factories.filled_cart(world.sam, [dish], slot=slot, now=now)
    factories.filled_cart(world.ada, [dish], slot=slot, now=now)
    world.paths |= {
        "cart_items_change": {"item_id": CartItem.objects.get(cart__owner=world.ada, cart__state="open").public_id},
        "orders_cancel": {"number": cancelled.number},
        "orders_pay": {"number": waiting.number},
        "orders_refund": {"number": captured.number},
        "orders_reorder": {"number": paid.number},
        "orders_transition": {"number": paid.number},
    }
    _earn(world, kitchen, now)


def _earn(world: Any, kitchen: Kitchen, now: Any) -> None:
    """Ada has a link, and sales by it that are due."""
    Authenticator.objects.create(user=world.ada, type=Authenticator.Type.TOTP, data={})
    # A buyer of the same mail domain would be looked at first (AFF-6).
    world.sam.email = "sam@elsewhere.test"
    world.sam.save(update_fields=["email"])
    EmailAddress.objects.filter(user=world.sam).update(email=world.sam.email)
    link = factories_affiliate.make_link(world.ada)
    meals = [factories.make_dish(world.ada, "Oat bowl")]
    placed, _payment = bought(
        link, world.sam, meals, at=now - HOLDING - timedelta(days=2), kitchen=kitchen, quantity=40
    )
    factories_affiliate.complete(placed, at=now - HOLDING - timedelta(days=1))
    approve_due_commissions(now=now)


def add_posts(world: Any) -> None:
    page, _is_new = CreatorPage.objects.get_or_create(user=world.ada)
    CoverPhoto.objects.create(page=page)
    draft, other, pictured = (make_post(world.ada) for _ in range(3))
    photo = PostPhoto.objects.create(post=pictured, position=1, public_id="0123456789ab")
    world.paths |= {
        "posts_edit": {"post_id": other.public_id},
        "posts_transition": {"post_id": draft.public_id},
        ("posts_transition", "Schedule"): {"post_id": other.public_id},
        "post_photos_order": {"post_id": pictured.public_id},
        "post_photos_change": {"post_id": pictured.public_id, "photo_id": photo.public_id},
    }
