"""The picture beside a shared address of a class: what a chat or a network shows."""

from hashlib import sha256
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from classes.models import Session
from classes.views.history import class_or_404
from social.card import Face, draw_card

_HOUR, _DAY = 3600, 86400


@require_safe
@cache_control(public=True, max_age=_HOUR)
def session_picture(request: HttpRequest, public_id: str) -> HttpResponse:
    """1200 × 630. Only what a stranger sees is on it, whoever asks: caches may keep it."""
    face = _face(class_or_404(public_id))
    name = sha256(repr(face).encode()).hexdigest()[:24]
    if request.headers.get("If-None-Match") == f'"{name}"':
        return HttpResponseNotModified(headers={"ETag": f'"{name}"'})
    picture = cache.get_or_set(f"classes.card:{name}", lambda: draw_card(face), _DAY)
    return HttpResponse(picture, content_type="image/png", headers={"ETag": f'"{name}"'})


def _face(session: Session) -> Face:
    starts = session.starts_at.astimezone(ZoneInfo(session.time_zone))
    minutes = round((session.ends_at - session.starts_at).total_seconds() / 60)
    with override("en"):
        when = date_format(starts.replace(tzinfo=None), "l j F, H:i")
        price = _("Free") if session.is_free else f"{session.price:.2f}"
        figures = ((str(minutes), _("min")), (price, "" if session.is_free else session.chain.currency))
    return Face(f"{session.title}", f"{when} · {session.studio.name}, {session.studio.city}", figures)
