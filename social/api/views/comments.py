"""Comments under things, and what their authors and the owner do with them."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.idempotency import idempotent
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView
from social.api import reaction_shapes as shapes
from social.api.views.subject import SubjectView, member
from social.models import Comment
from social.selectors.comments import comment_for, replies_of, thread_row, threads_of
from social.services.comment import delete_comment, edit_comment, set_who_may_comment, write_comment
from social.services.comment_care import hide_comment, pin_comment, show_comment, unpin_comment

_PINNED_THEN_NEWEST = Ordering("is_pinned", is_descending=True)
_OLDEST = Ordering("id")


def comment_id(request: Request, public_id: str) -> int:
    """Raises Comment.DoesNotExist, which is answered by 404, for what the caller does not see."""
    return comment_for(request.user, public_id=public_id).pk


def _answer(request: Request, comment: Comment, *, status: int = 200) -> JsonAnswer:
    return JsonAnswer(shapes.comment(thread_row(comment, request.user)), status=status)


class CommentsView(SubjectView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    query_names = PAGING_NAMES

    @extend_schema(
        summary="Comments",
        description="The pinned one first, then the newest; replies have an address of their own.",
        parameters=CURSOR_PAGING,
        responses=page_of(shapes.CommentSerializer),
    )
    def get(self, request: Request, **where: Any) -> HttpResponse:
        threads = threads_of(self.subject(request, where), request.user)
        page = keyset_page(request, threads, _PINNED_THEN_NEWEST, caller=request.user.pk)
        return conditional(request, JsonAnswer(page_body(page, map(shapes.comment, page.results))))

    @extend_schema(
        summary="Comment or reply",
        request=shapes.CommentInputSerializer,
        responses={201: shapes.CommentSerializer},
        examples=[OpenApiExample("A word of thanks", value={"text": "Made it tonight, thank you!"}, request_only=True)],
    )
    @idempotent()
    def post(self, request: Request, **where: Any) -> HttpResponse:
        given = shapes.CommentInputSerializer(data=request.data)
        row = self.subject(request, where)
        given.is_valid(raise_exception=True)
        comment = write_comment(row=row, author=member(request), now=timezone.now(), **given.validated_data)
        return _answer(request, comment, status=201)


class WhoMayCommentView(SubjectView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        summary="Say who may comment",
        description="Holds at once; what was said stays. Whose it is alone decides.",
        request=shapes.WhoMayCommentSerializer,
        responses=shapes.WhoMayCommentSerializer,
        examples=[OpenApiExample("Followers", value={"who_may_comment": "followers"}, request_only=True)],
    )
    def put(self, request: Request, **where: Any) -> HttpResponse:
        row = self.subject(request, where)
        given = shapes.WhoMayCommentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        who = given.validated_data["who_may_comment"]
        changed = set_who_may_comment(row=row, owner=member(request), who=who)
        return JsonAnswer({"who_may_comment": changed.who_may_comment})


class CommentView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="comments_edit",
        summary="Change one's own comment",
        request=shapes.CommentEditSerializer,
        responses=shapes.CommentSerializer,
        examples=[OpenApiExample("Second thoughts", value={"text": "Made it twice by now."}, request_only=True)],
    )
    def patch(self, request: Request, public_id: str) -> HttpResponse:
        pk = comment_id(request, public_id)
        given = shapes.CommentEditSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        text = given.validated_data["text"]
        return _answer(request, edit_comment(comment_id=pk, author=member(request), text=text, now=timezone.now()))

    @extend_schema(
        operation_id="comments_delete",
        summary="Take one's own comment back",
        description="For good. Replies of others stay, under a placeholder.",
        responses={204: None},
    )
    def delete(self, request: Request, public_id: str) -> HttpResponse:
        own = Comment.objects.filter(public_id=public_id, author=member(request), deleted_at=None)
        pk = own.values_list("pk", flat=True).first() or comment_id(request, public_id)
        delete_comment(comment_id=pk, author=member(request), now=timezone.now())
        return HttpResponse(status=204)


class RepliesView(ApiView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    query_names = PAGING_NAMES

    @extend_schema(
        operation_id="comments_replies",
        summary="Replies to a comment",
        description="The oldest first.",
        parameters=CURSOR_PAGING,
        responses=page_of(shapes.CommentSerializer),
    )
    def get(self, request: Request, public_id: str) -> HttpResponse:
        replies = replies_of(public_id, request.user)
        page = keyset_page(request, replies, _OLDEST, caller=request.user.pk)
        return conditional(request, JsonAnswer(page_body(page, map(shapes.comment, page.results))))


class CommentPinView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="comments_pin", summary="Pin a comment", request=None, responses={204: None})
    def put(self, request: Request, public_id: str) -> HttpResponse:
        pin_comment(comment_id=comment_id(request, public_id), owner=member(request))
        return HttpResponse(status=204)

    @extend_schema(operation_id="comments_unpin", summary="Pin it no longer", responses={204: None})
    def delete(self, request: Request, public_id: str) -> HttpResponse:
        unpin_comment(comment_id=comment_id(request, public_id), owner=member(request))
        return HttpResponse(status=204)


class CommentHideView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        operation_id="comments_hide",
        summary="Hide a comment under what is mine",
        request=shapes.CommentHideSerializer,
        responses={204: None},
        examples=[OpenApiExample("As staff", value={"reason": "Advertising."}, request_only=True)],
    )
    def put(self, request: Request, public_id: str) -> HttpResponse:
        pk = comment_id(request, public_id)
        hide_comment(comment_id=pk, actor=member(request), now=timezone.now(), reason=_reason(request))
        return HttpResponse(status=204)

    @extend_schema(
        operation_id="comments_show",
        summary="Show a hidden comment again",
        request=shapes.CommentHideSerializer,
        responses={204: None},
    )
    def delete(self, request: Request, public_id: str) -> HttpResponse:
        pk = comment_id(request, public_id)
        show_comment(comment_id=pk, actor=member(request), now=timezone.now(), reason=_reason(request))
        return HttpResponse(status=204)


def _reason(request: Request) -> str:
    given = shapes.CommentHideSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    return str(given.validated_data["reason"])
