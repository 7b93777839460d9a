"""The endpoints below one kind of thing, in two lines of its domain:

from social.api.reaction_routes import reaction_routes
urlpatterns += reaction_routes("meals.meal", "meals/<str:slug>", noun="meal")
"""

from typing import Any

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema, extend_schema_view

from social.api.views.comments import CommentsView, WhoMayCommentView
from social.api.views.likes import LikesView, LikeView
from social.api.views.shares import ShareLinksView, SharesView
from social.api.views.subject import SubjectView

# Last part of the address, view, and what each verb is called in the reference.
_ENDPOINTS: tuple[tuple[str, type[SubjectView], dict[str, str]], ...] = (
    ("like", LikeView, {"put": "like", "delete": "unlike"}),
    ("likes", LikesView, {"get": "likes_list"}),
    ("comments", CommentsView, {"get": "comments_list", "post": "comments_create"}),
    ("who-may-comment", WhoMayCommentView, {"put": "comments_limit"}),
    ("shares", SharesView, {"post": "share"}),
    ("share-links", ShareLinksView, {"post": "share_links_create", "delete": "share_links_revoke"}),
)


def reaction_routes(kind: str, prefix: str, *, noun: str) -> list[URLPattern]:
    """`prefix` names the row by columns of its model; `noun` begins the names of routes (`meal-like`) and, in the
    plural, of operations (`meals_like`)."""
    return [
        path(f"{prefix}/{last}", _of(kind, view, verbs, noun).as_view(), name=f"{noun}-{last}")
        for last, view, verbs in _ENDPOINTS
    ]


def _of(kind: str, base: type[SubjectView], verbs: dict[str, str], noun: str) -> type[SubjectView]:
    view: Any = type(f"{noun.title()}{base.__name__}", (base,), {"kind": kind, "__module__": __name__})
    named = {verb: extend_schema(operation_id=f"{noun}s_{name}") for verb, name in verbs.items()}
    described: type[SubjectView] = extend_schema_view(**named)(view)
    return described
