"""The panel about one's own seat, wherever a class is shown."""

from typing import Any

from django import template
from django.utils import timezone

from classes.models import Session
from classes.services.seat_panel import SeatPanel, panel_of

register = template.Library()


@register.simple_tag(takes_context=True)
def seat_panel(context: template.Context, session: Session) -> SeatPanel:
    """`{% seat_panel session as panel %}`; a view that looked already gives its `panel`."""
    given: Any = context.get("panel")
    if isinstance(given, SeatPanel) and given.session.pk == session.pk:
        return given
    return panel_of(session, context["request"].user, now=timezone.now())
