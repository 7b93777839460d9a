"""The one mail a day that tells a person what is new in their searches."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from fitfoodie.search.saved import Told, page_of, unsubscribe_token


def send_digest(told: list[Told]) -> None:
    """In the person's language, to be unsubscribed with one click (NTF-8). `told` are of one person, and not empty."""
    owner = told[0].search.owner
    stop_url = settings.SITE_URL + reverse("search:stop-alerts", kwargs={"token": unsubscribe_token(owner.pk)})
    with override(owner.preferences.language):
        total = sum(each.hits.count for each in told)
        subject = ngettext("%(count)d new find for you", "%(count)d new finds for you", total) % {"count": total}
        context = {"owner": owner, "told": [_part(each) for each in told], "stop_url": stop_url}
        text = render_to_string("search/mail/digest.txt", context | {"site_name": settings.SITE_NAME})
    headers = {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [owner.email], headers=headers).send()


def _part(told: Told) -> dict[str, Any]:
    return {
        "name": told.search.name,
        "count": told.hits.count,
        "examples": [(title, settings.SITE_URL + path) for title, path in told.hits.examples],
        "url": settings.SITE_URL + page_of(told.search),
    }
