"""Whether an applicant's website leads back to their profile, and forgetting what is no longer needed."""

from datetime import datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from fitfoodie.common.http import FetchError, fetch
from influencers.enums import WebsiteCheck
from influencers.models import VerificationApplication

MAX_BYTES = 2 * 1024 * 1024
REFERENCE_KEPT_FOR = timedelta(days=30)


def check_website(*, application_id: int, now: datetime) -> WebsiteCheck | None:
    """Visit the site and note what it links to; None when there is nothing to visit. May be repeated.

    The visit is made outside a transaction: a slow site holds no lock.
    """
    application = VerificationApplication.objects.select_related("applicant").filter(pk=application_id).first()
    if application is None or not application.website:
        return None
    found, note = _visit(application.website, application.applicant)
    _note(application_id, found, note, now)
    return found


def forget_id_references(*, now: datetime) -> int:
    """Erase the numbers of documents thirty days after the decision; returns how many."""
    rows = VerificationApplication.objects.with_spent_reference(now - REFERENCE_KEPT_FOR)
    return rows.update(id_reference="")


def links_back(html: str, *, base: str, person: User) -> WebsiteCheck:
    """What a page says: `rel="me"` to the profile, a plain link to it, or nothing of the kind."""
    reader = _Links()
    reader.feed(html)
    wanted = _profile_key(settings.SITE_URL + reverse("accounts:profile", kwargs={"handle": person.handle}))
    rels = [rel for href, rel in reader.found if _profile_key(_joined(base, href)) == wanted]
    if any("me" in rel for rel in rels):
        return WebsiteCheck.RELATED
    return WebsiteCheck.LINKED if rels else WebsiteCheck.MISSING


def _visit(website: str, person: User) -> tuple[WebsiteCheck, str]:
    try:
        page = fetch(website, max_bytes=MAX_BYTES)
    except FetchError as error:
        return WebsiteCheck.FAILED, error.message[:300]
    return links_back(page.text, base=page.final_url, person=person), ""


@transaction.atomic
def _note(application_id: int, found: WebsiteCheck, note: str, now: datetime) -> None:
    VerificationApplication.objects.filter(pk=application_id).update(
        website_check=found, website_note=note, website_checked_at=now, updated_at=now
    )


class _Links(HTMLParser):
    """Address and relations of every link of a page; broken markup is read as far as it goes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, set[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        href = given.get("href")
        if tag in ("a", "link") and href:
            self.found.append((href, set((given.get("rel") or "").lower().split())))


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""


def _profile_key(address: str) -> tuple[str, str]:
    """Host and path as people write them: with or without www, slash, capitals."""
    try:
        parts = urlsplit(address)
        host = (parts.netloc or "").lower()
    except ValueError:
        return "", ""
    return host.removeprefix("www."), parts.path.rstrip("/").lower()
