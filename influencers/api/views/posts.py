"""The posts of a creator, and one post."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional, etag_of, required_version
from fitfoodie.common.api.exceptions import ProblemError, invalid
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.problems import FieldError
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of, query
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView
from fitfoodie.common.errors import NotAllowedError, StaleVersionError
from influencers.api import shapes
from influencers.api.lookup import author_of, member, visible_post
from influencers.api.serializers import PostInputSerializer, PostSerializer, PostTransitionSerializer
from influencers.enums import PostStatus
from influencers.models import Post
from influencers.services import post_life
from influencers.services.posts import edit_post, write_post

_HELLO = {
    "text": "**Sunday prep**: a pot of lentils, four lunches.",
    "audience": "everyone",
    "who_may_comment": "followers",
    "meals": ["red-lentil-soup"],
}


class PostListView(ApiView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    query_names = PAGING_NAMES | {"status"}
    ordering = Ordering("published_at", is_descending=True, is_nullable=True)

    @extend_schema(
        operation_id="posts_list",
        summary="Posts of a creator",
        description="What the caller may see, newest first. The author finds drafts and the rest by `status`.",
        parameters=[
            query("status", "For the author; others see what is published.", {"enum": PostStatus.values}),
            *CURSOR_PAGING,
        ],
        responses=page_of(PostSerializer),
    )
    def get(self, request: Request, handle: str) -> HttpResponse:
        status = _status_of(request)
        author = author_of(handle, request.user)
        rows = Post.objects.visible_to(request.user).filter(author=author, status=status).for_cards()
        page = keyset_page(request, rows, self.ordering, caller=request.user.pk)
        return conditional(request, JsonAnswer(page_body(page, shapes.posts(page.results, request.user))))

    @extend_schema(
        operation_id="posts_create",
        summary="Write a post",
        description="A draft of one's own, under one's own handle; `transition` publishes it.",
        request=PostInputSerializer,
        responses={201: PostSerializer},
        examples=[OpenApiExample("A post", value=_HELLO, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, handle: str) -> HttpResponse:
        if author_of(handle, request.user).pk != request.user.pk:
            raise NotAllowedError("Post under your own handle.")
        given = PostInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        post = write_post(author=member(request), content=given.content(), now=timezone.now())
        return post_answer(post.pk, request, status=201)


def _status_of(request: Request) -> str:
    status = request.GET.get("status", PostStatus.PUBLISHED.value)
    if status not in PostStatus.values:
        raise ProblemError(invalid([FieldError("?status", "invalid_choice", "Choose one of the listed states.")]))
    return status


def post_answer(pk: int, request: Request, *, status: int = 200, note: str = "") -> HttpResponse:
    """The post as it is stored now, tagged for the next edit."""
    post = Post.objects.for_cards().get(pk=pk)
    shape = document(post, request)
    if note:
        shape["note"] = note
    response = JsonAnswer(shape, status=status)
    response["ETag"] = etag_of(response.content, post.version)
    response["Location"] = reverse("v1:post", kwargs={"handle": post.author.handle, "post_id": post.public_id})
    return response


def document(post: Post, request: Request) -> shapes.Json:
    return shapes.posts([post], request.user)[0]


class PostView(ApiView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    if_match_methods = ("PATCH",)

    @extend_schema(operation_id="posts_read", summary="Read a post", responses=PostSerializer)
    def get(self, request: Request, handle: str, post_id: str) -> HttpResponse:
        post = visible_post(handle, post_id, request.user)
        return conditional(request, JsonAnswer(document(post, request)), version=post.version)

    @extend_schema(
        operation_id="posts_edit",
        summary="Change a post",
        description="What is left out stays. `If-Match` says which version was edited; the author alone may.",
        request=PostInputSerializer(partial=True),
        responses=PostSerializer,
        examples=[OpenApiExample("Quiet", value={"who_may_comment": "nobody"}, request_only=True)],
    )
    def patch(self, request: Request, handle: str, post_id: str) -> HttpResponse:
        post = visible_post(handle, post_id, request.user)
        expected = required_version(request, current=post.version)
        given = PostInputSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        try:
            edit_post(
                post_id=post.pk,
                editor=member(request),
                content=given.content(),
                expected_version=expected,
                now=timezone.now(),
            )
        except StaleVersionError as error:
            error.current_document = document(Post.objects.for_cards().get(pk=post.pk), request)
            raise
        return post_answer(post.pk, request)

    @extend_schema(
        operation_id="posts_delete",
        summary="Delete a draft",
        description="Only what was never published; the rest can be archived (409).",
        responses={204: None},
    )
    def delete(self, request: Request, handle: str, post_id: str) -> HttpResponse:
        post = visible_post(handle, post_id, request.user)
        post_life.delete_post(post_id=post.pk, actor=member(request), now=timezone.now())
        return HttpResponse(status=204)


class PostTransitionView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="posts_transition",
        summary="Publish, schedule, take back or archive a post",
        description="A move that is not possible now is a 409 with the `legal` ones. A time without an offset is one "
        "in your own time zone; when clocks skip it or show it twice, `note` says what was made of it.",
        request=PostTransitionSerializer,
        responses=PostSerializer,
        examples=[
            OpenApiExample("Publish", value={"to": "published"}, request_only=True),
            OpenApiExample(
                "Schedule", value={"to": "scheduled", "scheduled_for": "2030-05-01T18:00"}, request_only=True
            ),
        ],
    )
    @idempotent()
    def post(self, request: Request, handle: str, post_id: str) -> HttpResponse:
        post = visible_post(handle, post_id, request.user)
        given = PostTransitionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        note = _move(post, member(request), **given.validated_data)
        return post_answer(post.pk, request, note=note)


def _move(post: Post, actor: Any, *, to: str, scheduled_for: Any = None) -> str:
    """Picks the service of the target; what may be done from where is the service's to say. Returns the note."""
    now = timezone.now()
    if to == PostStatus.SCHEDULED:
        if scheduled_for is None:
            raise ProblemError(invalid([FieldError("/scheduled_for", "required", "Say when it shall be published.")]))
        post_life.schedule_post(post_id=post.pk, actor=actor, at=scheduled_for, now=now)
        return post_life.wall_time_of(actor, scheduled_for).note
    back = post_life.restore_post if post.status == PostStatus.ARCHIVED else post_life.unpublish_post
    moves = {
        PostStatus.PUBLISHED: post_life.publish_post,
        PostStatus.ARCHIVED: post_life.archive_post,
        PostStatus.DRAFT: back,
    }
    moves[PostStatus(to)](post_id=post.pk, actor=actor, now=now)
    return ""
