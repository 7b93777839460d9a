"""What one person is to another. Every PUT and DELETE may be said twice and answers how the two stand now."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.models import User
from accounts.selectors import find_person
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import ApiView
from social.api import shapes
from social.api.serializers import RelationSerializer
from social.models import Block, Follow
from social.selectors.people import connected_ids, person_to_drop, relation
from social.services.block import block_person, unblock_person
from social.services.connection import leave_connection, request_connection
from social.services.follow import accept_follow, decline_follow, follow_person, unfollow_person


def member(request: Request) -> User:
    """The caller of a view that only lets people in who are signed in."""
    return cast("User", request.user)


def answer(request: Request, person: User) -> HttpResponse:
    return JsonAnswer(shapes.relation(relation(member(request), person)))


class FollowView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="follow_person",
        summary="Follow",
        description="A private profile is asked first: then `follow` is `requested`.",
        request=None,
        responses=RelationSerializer,
    )
    def put(self, request: Request, handle: str) -> HttpResponse:
        person = find_person(handle, viewer=request.user)
        follow_person(follower=member(request), person_id=person.pk, now=timezone.now())
        return answer(request, person)

    @extend_schema(
        operation_id="unfollow_person",
        summary="Follow no longer, or withdraw the request",
        responses={200: RelationSerializer},
    )
    def delete(self, request: Request, handle: str) -> HttpResponse:
        followed = Follow.objects.filter(follower=member(request)).values("followee_id")
        person = person_to_drop(handle, viewer=member(request), tied=followed)
        unfollow_person(follower=member(request), person_id=person.pk)
        return answer(request, person)


class ConnectionView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="connect_person",
        summary="Ask for friendship, or say yes to who asked",
        description="At most so many requests a day; then 429 `too_many_requests`.",
        request=None,
        responses=RelationSerializer,
    )
    def put(self, request: Request, handle: str) -> HttpResponse:
        person = find_person(handle, viewer=request.user)
        request_connection(asker=member(request), person_id=person.pk, now=timezone.now())
        return answer(request, person)

    @extend_schema(
        operation_id="disconnect_person",
        summary="Withdraw, decline or end",
        description="Whichever it is; nobody is told.",
        responses={200: RelationSerializer},
    )
    def delete(self, request: Request, handle: str) -> HttpResponse:
        me = member(request)
        person = person_to_drop(handle, viewer=me, tied=connected_ids(me))
        leave_connection(person=me, other_id=person.pk)
        return answer(request, person)


class BlockView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="block_person",
        summary="Block",
        description="Neither sees the other from the next request on; follows and friendship end. Nobody is told.",
        request=None,
        responses=RelationSerializer,
    )
    def put(self, request: Request, handle: str) -> HttpResponse:
        person = self._person(request, handle)
        block_person(blocker=member(request), person_id=person.pk, now=timezone.now())
        return answer(request, person)

    @extend_schema(
        operation_id="unblock_person",
        summary="Lift one's own block",
        description="What it ended does not come back.",
        responses={200: RelationSerializer},
    )
    def delete(self, request: Request, handle: str) -> HttpResponse:
        person = self._person(request, handle)
        unblock_person(blocker=member(request), person_id=person.pk)
        return answer(request, person)

    def _person(self, request: Request, handle: str) -> User:
        blocked = Block.objects.filter(blocker=member(request)).values("blocked_id")
        return person_to_drop(handle, viewer=member(request), tied=blocked)


class FollowRequestView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="accept_follow_request", summary="Let them follow", request=None, responses=RelationSerializer
    )
    def put(self, request: Request, handle: str) -> HttpResponse:
        """404 when they do not ask."""
        return self._decide(
            request, handle, lambda me, pk: accept_follow(person=me, follower_id=pk, now=timezone.now())
        )

    @extend_schema(
        operation_id="decline_follow_request",
        summary="Decline without a word",
        responses={200: RelationSerializer},
    )
    def delete(self, request: Request, handle: str) -> HttpResponse:
        return self._decide(request, handle, lambda me, pk: decline_follow(person=me, follower_id=pk))

    def _decide(self, request: Request, handle: str, verb: Callable[[User, int], Any]) -> HttpResponse:
        person = find_person(handle, viewer=request.user)
        verb(member(request), person.pk)
        return answer(request, person)
