"""Pages and collections of creators, their posts, and who asked for the badge."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from fitfoodie.demo import world
from fitfoodie.demo.conversations import make_comment, make_likes
from fitfoodie.demo.past import as_of
from influencers.content import PostContent
from influencers.models import Collection, CreatorPage, Post, VerificationApplication
from influencers.services.collections import create_collection
from influencers.services.page import update_page
from influencers.services.post_life import publish_post, schedule_post
from influencers.services.posts import write_post
from influencers.services.verification import Evidence, apply_for_badge, decide_application
from meals.models import Meal

People = Mapping[str, User]
Meals = Mapping[str, Meal]


def make_creators(people: People, meals: Meals, *, now: datetime) -> None:
    for page in world.pages():
        _make_page(people[page["who"]], page, now=now)
    for collection in world.collections():
        _make_collection(people[collection["who"]], collection, meals, now=now)
    for application in world.applications():
        _make_application(people[application["who"]], application, reviewer=people["admin"], now=now)
    for content in world.posts():
        _make_post(content, people, meals, now=now)


def _make_page(user: User, page: Mapping[str, Any], *, now: datetime) -> None:
    if CreatorPage.objects.filter(user=user).exclude(headline="").exists():  # what was changed by hand stays
        return
    update_page(user=user, changes={name: page[name] for name in ("headline", "about", "accent")}, now=now)


def _make_collection(user: User, content: Mapping[str, Any], meals: Meals, *, now: datetime) -> None:
    if Collection.objects.filter(creator=user, title=content["title"]).exists():
        return
    create_collection(
        user=user,
        title=content["title"],
        description=content["description"],
        is_public=content.get("is_public", True),
        meals=[meals[title].slug for title in content["meals"]],
        now=now,
    )


def _make_application(user: User, content: Mapping[str, Any], *, reviewer: User, now: datetime) -> None:
    if VerificationApplication.objects.filter(applicant=user).exists():
        return
    at = now - timedelta(days=content["days"])
    evidence = Evidence(
        legal_name=content["legal_name"], statement=content["statement"], socials=list(content["socials"])
    )
    with as_of(at):
        application = apply_for_badge(user=user, evidence=evidence, now=at)
        VerificationApplication.objects.filter(pk=application.pk).update(created_at=at)
        if "approve" in content:
            decide_application(
                application_id=application.pk,
                reviewer=reviewer,
                approve=content["approve"],
                reason=content["reason"],
                now=at + timedelta(hours=20),
            )


def _make_post(content: Mapping[str, Any], people: People, meals: Meals, *, now: datetime) -> None:
    author, at = people[content["author"]], now - timedelta(days=content["days"], hours=2)
    post = Post.objects.filter(author=author, text=content["text"].strip()).first()
    if post is None:
        with as_of(min(at, now)):
            post = _written(author, content, meals, at=at, now=now)
    make_likes(post, content.get("likes", ()), people, at=at + timedelta(hours=1))
    for number, comment in enumerate(content.get("comment", ()), start=2):
        make_comment(post, people[comment["author"]], comment["text"], at=at + number * timedelta(hours=1))


def _written(author: User, content: Mapping[str, Any], meals: Meals, *, at: datetime, now: datetime) -> Post:
    slugs = tuple(meals[title].slug for title in content.get("meals", ()))
    post = write_post(author=author, content=PostContent(text=content["text"].strip(), meals=slugs), now=min(at, now))
    state = content.get("state", "published")
    if state == "published":
        return publish_post(post_id=post.pk, actor=author, now=at)
    if state == "scheduled":
        return schedule_post(post_id=post.pk, actor=author, at=at, now=now)
    return post
