"""Whom the surfaces are asked about, and the states that befall them."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Profile, User
from meals import services
from meals.models import Meal, Review
from meals.tests.factories import NOW, index_all, make_creator, make_meal, make_user
from social.models import Comment
from social.services.block import block_person
from social.services.comment import write_comment
from social.services.follow import follow_person
from social.services.like import like


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


def make_world() -> World:
    author, host = make_creator("author", name="Xanthippe"), make_creator("host", name="Hosea")
    member, follower = make_user("member", name="Mina"), make_user("follower", name="Fay")
    meal = make_meal(author, "Saffron stew", publish=True, tags=["Gold"])
    make_meal(author, "Saffron buns", publish=True, tags=["Gold"])
    shared = make_meal(host, "Plain stew", publish=True, tags=["Gold"])
    review = services.write_review(meal_id=shared.pk, author=author, rating=5, text="Needs more thyme.", now=NOW)
    comment = write_comment(row=shared, author=author, text="Ladle and linger.", now=NOW)
    write_comment(row=shared, author=host, text="I will, @author.", now=NOW)
    like(row=shared, user=author, now=NOW)
    for person in (member, follower):
        services.save_meal(meal_id=meal.pk, user=person)
    for one, other in ((author, host), (host, author), (follower, author)):
        follow_person(follower=one, person_id=other.pk, now=NOW)
    index_all()
    return World(author, host, member, follower, meal, shared, review, comment)


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


def private(world: World, viewer: Any) -> None:
    Profile.objects.filter(user=world.author).update(is_private=True)


BLOCKS = (author_blocks, viewer_blocks)
STATES = (open_, *BLOCKS, suspended, leaving, private)
