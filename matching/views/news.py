"""“It's a match”: told to each of the two once, on whatever page about partners they are (N8)."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.selectors import public_avatar_of
from accounts.views.signed_in import person_of
from matching.selectors.matches import other_of, unseen_by
from matching.services.matches import mark_seen

# So many at once at most; the next ones come with the next question.
AT_ONCE = 3


@login_required
@never_cache
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Asked every few seconds by the pages. Nothing new is an empty answer, which changes nothing."""
    found = news_for(person_of(request), timezone.now())
    if not found:
        return HttpResponse(status=204)
    return render(request, "matching/_news.html", {"news": found})


def news_for(person: User, now: datetime) -> list[dict[str, str]]:
    """Matches the person has not seen, which from now on they have: of two pages that ask at once, one is told."""
    rows = {row.pk: row for row in unseen_by(person)[:AT_ONCE]}
    if not rows:
        return []
    told = mark_seen(user=person, match_ids=list(rows), now=now)
    return [_line(rows[pk].public_id, other_of(rows[pk], person)) for pk in told]


def _line(public_id: str, other: User) -> dict[str, str]:
    return {"id": public_id, "name": other.name, "handle": other.handle, "avatar": public_avatar_of(other) or ""}
