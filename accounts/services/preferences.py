from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.events import PreferencesUpdated
from accounts.models import Preferences, User
from fitfoodie.common.errors import DomainError
from fitfoodie.events.services import record

EDITABLE_FIELDS = frozenset(
    {"language", "time_zone", "theme", "units", "daily_calories", "is_listed_in_search_engines"}
)


@transaction.atomic
def update_preferences(*, user: User, changes: Mapping[str, Any], now: datetime) -> Preferences:
    """Save those settings that are named; every device follows on its next request.

    Locks the preferences. Raises ValidationError by field, DomainError for a field that does not exist.
    """
    for name in sorted(changes.keys() - EDITABLE_FIELDS):
        raise DomainError(_("This setting does not exist."), code="unknown_field", field=name)
    preferences = Preferences.objects.select_for_update().get(user=user)
    changed = [name for name, value in changes.items() if getattr(preferences, name) != value]
    for name in changed:
        setattr(preferences, name, changes[name])
    preferences.clean_fields()
    if changed:
        preferences.save(update_fields=[*changed, "updated_at"])
        record(PreferencesUpdated(user_id=user.pk, fields=sorted(changed)), actor=user, subject=user)
    return preferences
