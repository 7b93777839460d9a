"""Facts about people: ids and scalars only. Names are for good; payloads are only ever extended."""

from django.utils.translation import gettext_lazy as _

from fitfoodie.events.registry import event

# --- Profiles and preferences


@event("accounts.handle.changed", label=_("Handle changed"), personal=("old_handle", "new_handle"))
class HandleChanged:
    user_id: int
    old_handle: str
    new_handle: str


@event("accounts.profile.updated", label=_("Profile updated"))
class ProfileUpdated:
    """Which fields, never what they say. `ends_verification`: a verified name changed, the badge is in review."""

    user_id: int
    fields: list[str]
    ends_verification: bool = False


@event("accounts.preferences.updated", label=_("Preferences updated"))
class PreferencesUpdated:
    user_id: int
    fields: list[str]


# --- Roles


@event("accounts.role.granted", label=_("Role granted"), personal=("reason",))
class RoleGranted:
    user_id: int
    role: str
    reason: str
    role_change_id: int


@event("accounts.role.removed", label=_("Role removed"), personal=("reason",))
class RoleRemoved:
    user_id: int
    role: str
    reason: str
    role_change_id: int


# --- People


@event("accounts.user.deactivated", label=_("Person deactivated"), personal=("reason",))
class UserDeactivated:
    user_id: int
    reason: str


@event("accounts.user.reactivated", label=_("Person reactivated"), personal=("reason",))
class UserReactivated:
    user_id: int
    reason: str


@event("accounts.deletion.requested", label=_("Deletion of the account requested"))
class DeletionRequested:
    user_id: int
    ends_on: str


@event("accounts.deletion.cancelled", label=_("Deletion of the account taken back"))
class DeletionCancelled:
    user_id: int


@event("accounts.export.requested", label=_("Own data asked for"))
class ExportRequested:
    user_id: int


@event("accounts.export.downloaded", label=_("Own data downloaded"))
class ExportDownloaded:
    user_id: int


# --- Getting in, staying in, getting out


@event("accounts.user.joined", label=_("Joined"))
class UserJoined:
    user_id: int
    # "email", or the id of the provider that vouched for the person.
    method: str


@event("accounts.email.verified", label=_("Confirmed an e-mail address"))
class EmailVerified:
    user_id: int


@event("accounts.session.started", label=_("Signed in"))
class SessionStarted:
    user_id: int
    is_new_device: bool


@event("accounts.session.ended", label=_("Signed out a device"))
class SessionsEnded:
    """Open sockets of the person close on this fact (SEC-4). `session_keys` are hashes, useless to a reader."""

    user_id: int
    session_hashes: list[str]
    reason: str


@event("accounts.password.changed", label=_("Changed the password"))
class PasswordChanged:
    user_id: int
    is_reset: bool


@event("accounts.token.reused", label=_("Used a spent refresh token"))
class TokenReused:
    user_id: int
