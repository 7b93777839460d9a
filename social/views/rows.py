"""People as rows of a page, with what the viewer can do and whom they know in common: four queries a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.selectors import public_avatar_of
from social.models import Connection
from social.selectors import people

PAGE_SIZE = 30


@dataclass(frozen=True)
class PeoplePage:
    rows: Sequence[dict[str, Any]]
    next_url: str


def page_of(
    request: HttpRequest, ties: "QuerySet[Any]", *, side: str, viewer: Any, with_follows: bool = True
) -> PeoplePage:
    """The newest ties, `?before=` the last one seen. `side` names the person on the tie; empty: the other friend."""
    sides = (side,) if side else ("low", "high")
    related = [f"{name}__profile__photo" for name in sides]
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        ties = ties.filter(pk__lt=int(before))
    found = list(ties.select_related(*related).order_by("-pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    who = [_person_on(tie, side, viewer) for tie in shown]
    next_url = _next(request, shown[-1].pk) if len(found) > PAGE_SIZE else ""
    return PeoplePage(_rows(who, viewer, with_follows=with_follows), next_url)


def card(person: User) -> dict[str, Any]:
    """As the person-row component draws it."""
    return {
        "name": person.name,
        "handle": person.handle,
        "url": person.get_absolute_url(),
        "avatar": public_avatar_of(person) or "",
        "verified": person.profile.is_verified,
    }


def _rows(who: list[User], viewer: Any, *, with_follows: bool) -> list[dict[str, Any]]:
    ids = [person.pk for person in who]
    is_member = viewer.pk is not None
    mutuals = people.known_mutuals(viewer, ids) if is_member and ids else {}
    follows = people.follow_words(viewer, ids) if is_member and ids and with_follows else {}
    return [
        {
            "person": card(person),
            "detail": in_common(*mutuals.get(person.pk, ([], 0))),
            "action": {
                "handle": person.handle,
                "name": person.name,
                "relation": people.Relation(follow=follows.get(person.pk, people.NONE)),
                "is_self": person.pk == viewer.pk,
                "is_visitor": not is_member,
            },
        }
        for person in who
    ]


def in_common(names: list[str], more: int) -> str:
    """“Followed by Ana and 2 others you follow”; empty without anybody."""
    if not names:
        return ""
    if not more:
        return _("Followed by %(name)s, whom you follow") % {"name": names[0]}
    words = ngettext(
        "Followed by %(name)s and %(count)d other you follow",
        "Followed by %(name)s and %(count)d others you follow",
        more,
    )
    return words % {"name": names[0], "count": more}


def _person_on(tie: Any, side: str, viewer: Any) -> User:
    if isinstance(tie, Connection):
        return tie.high if tie.low_id == viewer.pk else tie.low
    found: User = getattr(tie, side)
    return found


def _next(request: HttpRequest, last: int) -> str:
    query: Any = request.GET.copy()
    query["before"] = str(last)
    return f"{request.path}?{query.urlencode()}"
