from accounts.models.data_export import DataExport
from accounts.models.photo import ProfilePhoto, avatar_address
from accounts.models.profile import Preferences, Profile
from accounts.models.refresh_token import RefreshToken
from accounts.models.role import RoleChange
from accounts.models.user import FormerHandle, User

__all__ = [
    "DataExport",
    "FormerHandle",
    "Preferences",
    "Profile",
    "ProfilePhoto",
    "RefreshToken",
    "RoleChange",
    "User",
    "avatar_address",
]
