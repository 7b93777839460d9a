"""Handing things on, and the links that open for a while what is not for everyone."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record
from social import rules
from social.enums import ShareChannel
from social.events.reactions import ShareLinkCreated, ShareLinkRevoked, ShareMade
from social.models import Share, ShareLink, about
from social.services.subject_rows import lock, move_count, named, owner_of, seen
from social.subjects import subject_of

LINK_DAYS = 7
MAX_LINK_DAYS = 30
MAX_LIVE_LINKS = 20


@transaction.atomic
def share(*, row: Any, user: User, channel: str, now: datetime) -> bool:
    """Count the person once, however often and by whatever way they share; whether they are new.

    What is not for everyone is not counted: nobody but its owner can hand it on. Raises DoesNotExist, NotAllowedError,
    DomainError for a channel that is none.
    """
    row = seen(row, by=user)
    if not rules.may_react(user):
        raise NotAllowedError(_("Verify your e-mail address first."), code="email_unverified")
    if channel not in ShareChannel.values:
        raise DomainError(_("Choose how to share it."), code="invalid_choice", field="channel")
    if not subject_of(row).is_public(row):
        return False
    _share, is_new = Share.objects.get_or_create(
        user=user,
        subject_type=row._meta.label_lower,
        subject_id=row.pk,
        defaults={"channel": channel, "shared_at": now},
    )
    if is_new:
        move_count(row, "share_count", by=1)
        record(ShareMade(**named(row), user_id=user.pk, channel=channel), actor=user, subject=row)
    return is_new


@transaction.atomic
def make_share_link(*, row: Any, creator: User, now: datetime, days: int | None = None) -> ShareLink:
    """An address that opens one's own thing, though it is not for everyone, until it runs out.

    Locks the thing. Raises DoesNotExist, NotAllowedError for another's, ConflictError for what everybody may open
    (`already_public`) and over twenty links, DomainError for an odd number of days.
    """
    row = lock(seen(row, by=creator))
    _need_own(row, creator)
    if subject_of(row).is_public(row):
        raise ConflictError(_("Everybody can open it: share its own address."), code="already_public")
    if live_links(row, now=now).count() >= MAX_LIVE_LINKS:
        raise ConflictError(_("There are many links to it already. Take some back first."), code="too_many_links")
    expires_at = now + timedelta(days=_days(days))
    link = ShareLink.objects.create(
        subject_type=row._meta.label_lower, subject_id=row.pk, creator=creator, created_at=now, expires_at=expires_at
    )
    fact = ShareLinkCreated(
        subject_type=link.subject_type,
        subject_id=link.subject_id,
        link_id=link.pk,
        creator_id=creator.pk,
        expires_at=expires_at.isoformat(),
    )
    record(fact, actor=creator, subject=link)
    return link


@transaction.atomic
def revoke_share_links(*, row: Any, creator: User, now: datetime) -> int:
    """Take back every link to one's own thing, at once; how many there were. Raises DoesNotExist, NotAllowedError."""
    row = lock(seen(row, by=creator))
    _need_own(row, creator)
    links = list(live_links(row, now=now).select_for_update(no_key=True))
    for link in links:
        _revoke(link, actor=creator, now=now, reason="")
    return len(links)


@transaction.atomic
def revoke_share_link(*, link_id: int, actor: User, now: datetime, reason: str) -> ShareLink:
    """By staff, with a reason. Locks the link. Raises ShareLink.DoesNotExist, NotAllowedError, DomainError."""
    if not rules.may_revoke_links(actor):
        raise NotAllowedError(_("Only moderators may take back somebody's link."))
    link = ShareLink.objects.select_for_update(no_key=True).get(pk=link_id)
    said = clean_reason(reason)
    if link.revoked_at is None:
        _revoke(link, actor=actor, now=now, reason=said)
    return link


def live_links(row: Any, *, now: datetime) -> Any:
    return ShareLink.objects.live(now).filter(about(row))


def _revoke(link: ShareLink, *, actor: User, now: datetime, reason: str) -> None:
    link.revoked_at = now
    link.save(update_fields=["revoked_at"])
    fact = ShareLinkRevoked(
        subject_type=link.subject_type,
        subject_id=link.subject_id,
        link_id=link.pk,
        creator_id=link.creator_id,
        reason=reason,
    )
    record(fact, actor=actor, subject=link)


def _need_own(row: Any, person: User) -> None:
    if owner_of(row) != person.pk:
        raise NotAllowedError(_("Only whose it is makes links to it."))


def _days(asked: int | None) -> int:
    days = LINK_DAYS if asked is None else asked
    if not 1 <= days <= MAX_LINK_DAYS:
        raise DomainError(_("A link opens for 1 to %d days.") % MAX_LINK_DAYS, code="out_of_range", field="days")
    return int(days)
