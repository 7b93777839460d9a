"""What a creator says on their page, and the collections they lay out there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.profile import update_profile
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.services import record
from influencers import rules
from influencers.events import PageUpdated
from influencers.models import CreatorPage
from influencers.services.standing import place_in_directory

OWN_FIELDS = frozenset({"headline", "about", "accent"})
# Of the profile that every person has; one form saves both.
PROFILE_FIELDS = frozenset({"bio", "links"})


@transaction.atomic
def update_page(*, user: User, changes: Mapping[str, Any], now: datetime) -> CreatorPage:
    """Save those fields that are named; followers are told which. All of it or none of it.

    Locks the person, the profile and the page. Raises NotAllowedError, ValidationError by field, DomainError for a
    field that is not the creator's to write.
    """
    for name in sorted(changes.keys() - OWN_FIELDS - PROFILE_FIELDS):
        raise DomainError(_("This cannot be changed here."), code="unknown_field", field=name)
    require_editor(user)
    of_profile = {name: value for name, value in changes.items() if name in PROFILE_FIELDS}
    if of_profile:
        update_profile(user=user, changes=of_profile, now=now)
    page = locked_page(user)
    changed = _apply(page, changes)
    if changed:
        page.save(update_fields=[*changed, "updated_at"])
        record(PageUpdated(user_id=user.pk, fields=changed), actor=user, subject=page)
    return page


def require_editor(user: User) -> None:
    if not rules.is_creator(user):
        raise NotAllowedError(_("This is for creators. Become one in your studio."), code="creator_only")
    if not rules.may_edit_page(user):
        raise NotAllowedError(_("Confirm your e-mail address first."), code="email_unverified")


def locked_page(user: User) -> CreatorPage:
    page = CreatorPage.objects.select_for_update().filter(user=user).first()
    return page or place_in_directory(user_id=user.pk)


def _apply(page: CreatorPage, changes: Mapping[str, Any]) -> list[str]:
    changed = []
    for name in sorted(OWN_FIELDS & changes.keys()):
        value = str(changes[name]).strip()
        if value != getattr(page, name):
            setattr(page, name, value)
            changed.append(name)
    page.clean_fields(exclude={field.name for field in page._meta.fields} - OWN_FIELDS)
    return changed
