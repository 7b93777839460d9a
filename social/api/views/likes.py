"""Likes of things and of comments."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request

from fitfoodie.common.api.conditional import conditional
from fitfoodie.common.api.pagination import Ordering, keyset_page, page_body
from fitfoodie.common.api.reference import CURSOR_PAGING, page_of
from fitfoodie.common.api.rendering import JsonAnswer
from fitfoodie.common.api.serializers import PersonSerializer
from fitfoodie.common.api.views import PAGING_NAMES, ApiView
from social.api.reaction_shapes import person
from social.api.views.comments import comment_id
from social.api.views.subject import SubjectView, member
from social.models import Comment
from social.selectors.likes import likes_of
from social.services.like import like, like_comment, unlike, unlike_comment
from social.subjects import subject_named

NEWEST = Ordering("id", is_descending=True)


class LikeView(SubjectView):
    # Both verbs may be said twice (REC-13).

    permission_classes = (IsAuthenticated,)

    @extend_schema(summary="Like it", request=None, responses={204: None})
    def put(self, request: Request, **where: Any) -> HttpResponse:
        like(row=self.subject(request, where), user=member(request), now=timezone.now())
        return HttpResponse(status=204)

    @extend_schema(summary="Like it no longer", responses={204: None})
    def delete(self, request: Request, **where: Any) -> HttpResponse:
        """What has meanwhile been hidden can still be let go by whoever liked it."""
        liked = subject_named(self.kind).rows.filter(**where).first()
        if liked is None or not unlike(row=liked, user=member(request)):
            self.subject(request, where)
        return HttpResponse(status=204)


class LikesView(SubjectView):
    permission_classes = (IsAuthenticatedOrReadOnly,)
    query_names = PAGING_NAMES

    @extend_schema(
        summary="People who like it",
        description="The latest first. People you block, or who block you, are left out; the count stays.",
        parameters=CURSOR_PAGING,
        responses=page_of(PersonSerializer),
    )
    def get(self, request: Request, **where: Any) -> HttpResponse:
        likes = likes_of(self.subject(request, where), request.user)
        page = keyset_page(request, likes, NEWEST, caller=request.user.pk)
        return conditional(request, JsonAnswer(page_body(page, [person(each.user) for each in page.results])))


class CommentLikeView(ApiView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="comments_like", summary="Like a comment", request=None, responses={204: None})
    def put(self, request: Request, public_id: str) -> HttpResponse:
        like_comment(comment_id=comment_id(request, public_id), user=member(request), now=timezone.now())
        return HttpResponse(status=204)

    @extend_schema(operation_id="comments_unlike", summary="Like a comment no longer", responses={204: None})
    def delete(self, request: Request, public_id: str) -> HttpResponse:
        found = Comment.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
        if found is None or not unlike_comment(comment_id=found, user=member(request)):
            comment_id(request, public_id)
        return HttpResponse(status=204)
