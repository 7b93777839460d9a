"""What is said of classes, as pages show it: of a class, of a studio, of whoever teaches."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.selectors import find_person
from classes.selectors.ratings import Standing, for_reading, ratings_shown, standing_of_instructor
from classes.views.rows import person
from social import policy

PAGE_SIZE = 10
MAX_PAGE = 500


def ratings_part(request: HttpRequest, which: Q, standing: Standing, *, is_mixed: bool = False) -> dict[str, Any]:
    """For `classes/_ratings_part.html`: the average, and one page of words the viewer may read, in one query.

    `is_mixed`: they are of several classes, so that each says of which.
    """
    number = _number(request.GET.get("page", ""))
    rows = for_reading(ratings_shown(request.user).filter(which))
    found = list(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE + 1])
    more = f"{request.path}?page={number + 1}" if len(found) > PAGE_SIZE and number < MAX_PAGE else ""
    return {"standing": standing, "ratings": found[:PAGE_SIZE], "ratings_more": more, "is_mixed": is_mixed}


def _number(text: str) -> int:
    return min(max(int(text), 1), MAX_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


@require_safe
def instructor_ratings(request: HttpRequest, handle: str) -> HttpResponse:
    """Not there for people whose page is closed to the viewer, and for those whom nobody rated."""
    found = find_person(handle, viewer=request.user)
    if found.handle != handle:
        return redirect("classes:instructor-ratings", handle=found.handle, permanent=True)
    standing = standing_of_instructor(found.pk)
    if not standing.count or not policy.is_open_to(found, request.user):
        raise Http404
    part = ratings_part(request, Q(instructor_id=found.pk), standing, is_mixed=True)
    return render(request, "classes/instructor_ratings.html", {"instructor": person(found), **part})
