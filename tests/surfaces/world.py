"""Whom the surfaces are asked about, and the states that befall them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from accounts.models import Profile, User
from fitfoodie.search.models import SavedSearch
from fitfoodie.search.saved import save_search
from influencers.models import Collection, Post
from influencers.services.collections import create_collection
from influencers.tests.factories_creators import make_listed_creator
from influencers.tests.factories_posts import make_post
from meals import services
from meals.models import Meal, Review
from meals.tests.factories import NOW, index_all, make_meal, make_user
from orders.models import AffiliateLink
from orders.tests.factories_affiliate import make_link
from orders.tests.factories_pricing import make_code
from social.models import Comment
from social.services.block import block_person
from social.services.comment import write_comment
from social.services.connection import accept_connection, request_connection
from social.services.follow import follow_person
from social.services.like import like
from social.services.share import make_share_link
from tests.surfaces.training import Training, train


@dataclass(frozen=True)
class World:
    """`author` makes, says and follows things, `host` lets them; `follower` follows the author, `member` does not."""

    author: User
    host: User
    member: User
    follower: User
    meal: Meal
    shared_meal: Meal
    review: Review
    comment: Comment
    post: Post
    collection: Collection
    link: AffiliateLink
    share_token: str
    training: Training


def make_world() -> World:
    """Call where what hangs on commit is carried out: the feed, the directory and notifications come of events."""
    now = timezone.now()
    author, host = make_listed_creator("author", name="Xanthippe"), make_listed_creator("host", name="Hosea")
    member, follower = make_user("member", name="Mina"), make_user("follower", name="Fay")
    _keep_search(member, "meals", "creator=author", now)
    _keep_search(follower, "classes", "instructor=author", now)
    meal = make_meal(author, "Saffron stew", publish=True, tags=["Gold"])
    make_meal(author, "Saffron buns", publish=True, tags=["Gold"])
    shared = make_meal(host, "Plain stew", publish=True, tags=["Gold"])
    review = services.write_review(meal_id=shared.pk, author=author, rating=5, text="Needs more thyme.", now=now)
    comment = write_comment(row=shared, author=author, text="Ladle and linger.", now=now)
    write_comment(row=shared, author=host, text="I will, @author.", now=now)
    like(row=shared, user=author, now=now)
    for person in (member, follower):
        services.save_meal(meal_id=meal.pk, user=person)
        request_connection(asker=author, person_id=person.pk, now=now)
        accept_connection(person=person, asker_id=author.pk, now=now)
    for one, other in ((author, host), (host, author), (follower, author)):
        follow_person(follower=one, person_id=other.pk, now=now)
    _ask_to_follow(author, member, follower, now)
    index_all()
    make_code("SAFFRON10", percent="10.00", creator=author, is_public=True)
    return World(
        author=author,
        host=host,
        member=member,
        follower=follower,
        meal=meal,
        shared_meal=shared,
        review=review,
        comment=comment,
        post=make_post(author, "Saffron on Sunday", publish=True, now=now),
        collection=create_collection(user=author, title="Saffron shelf", now=now, meals=[meal.slug]),
        link=make_link(host, "gold", meal=shared),
        share_token=make_share_link(row=make_meal(author, "Saffron trial"), creator=author, now=now).token,
        training=train(author, host, member, follower, now),
    )


def _keep_search(viewer: User, kind: str, query: str, now: Any) -> None:
    """From long before anything was made, so that all of it is new."""
    save_search(owner=viewer, kind=kind, query=QueryDict(query), now=now)
    SavedSearch.objects.update(last_looked_at=NOW - timedelta(days=1), last_told_at=NOW)


def _ask_to_follow(author: User, member: User, follower: User, now: Any) -> None:
    """The viewers are private, so that following them is a request."""
    Profile.objects.filter(user__in=[member, follower]).update(is_private=True)
    for viewer in (member, follower):
        follow_person(follower=author, person_id=viewer.pk, now=now)


def open_(world: World, viewer: Any) -> None:
    """Nothing befalls anybody."""


def author_blocks(world: World, viewer: Any) -> None:
    block_person(blocker=world.author, person_id=viewer.pk, now=NOW)


def viewer_blocks(world: World, viewer: Any) -> None:
    block_person(blocker=viewer, person_id=world.author.pk, now=NOW)


def suspended(world: World, viewer: Any) -> None:
    User.objects.filter(pk=world.author.pk).update(is_active=False)


def leaving(world: World, viewer: Any) -> None:
    User.objects.filter(pk=world.author.pk).update(deletion_requested_at=NOW)


def closed(world: World, viewer: Any) -> None:
    """The days in which leaving can be taken back are over."""
    User.objects.filter(pk=world.author.pk).update(is_active=False, deletion_requested_at=NOW)


def private(world: World, viewer: Any) -> None:
    Profile.objects.filter(user=world.author).update(is_private=True)


BLOCKS = (author_blocks, viewer_blocks)
STATES = (open_, *BLOCKS, suspended, leaving, closed, private)
