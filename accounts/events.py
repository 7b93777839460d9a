"""Facts about people: ids and scalars only. Names are for good; payloads are only ever extended."""

from fitfoodie.events.registry import event

# --- Profiles and preferences


@event("accounts.handle.changed", label="Handle changed", personal=("old_handle", "new_handle"))
class HandleChanged:
    user_id: int
    old_handle: str
    new_handle: str


@event("accounts.profile.updated", label="Profile updated")
class ProfileUpdated:
    """Which fields, never what they say. `ends_verification`: a verified name changed, the badge is in review."""

    user_id: int
    fields: list[str]
    ends_verification: bool = False


@event("accounts.preferences.updated", label="Preferences updated")
class PreferencesUpdated:
    user_id: int
    fields: list[str]


# --- Roles


@event("accounts.role.granted", label="Role granted", personal=("reason",))
class RoleGranted:
    user_id: int
    role: str
    reason: str
    role_change_id: int


@event("accounts.role.removed", label="Role removed", personal=("reason",))
class RoleRemoved:
    user_id: int
    role: str
    reason: str
    role_change_id: int


# --- People


@event("accounts.user.deactivated", label="Person deactivated", personal=("reason",))
class UserDeactivated:
    user_id: int
    reason: str


@event("accounts.user.reactivated", label="Person reactivated", personal=("reason",))
class UserReactivated:
    user_id: int
    reason: str


@event("accounts.user.signed_out", label="Person signed out everywhere by staff", personal=("reason",))
class UserSignedOut:
    user_id: int
    reason: str


@event("accounts.deletion.requested", label="Deletion of the account requested")
class DeletionRequested:
    user_id: int
    ends_on: str


@event("accounts.deletion.cancelled", label="Deletion of the account taken back")
class DeletionCancelled:
    user_id: int


@event("accounts.export.downloaded", label="Own data downloaded")
class ExportDownloaded:
    user_id: int
