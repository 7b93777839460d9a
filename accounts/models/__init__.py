from accounts.models.profile import Preferences, Profile
from accounts.models.role import RoleChange
from accounts.models.user import FormerHandle, User

__all__ = ["FormerHandle", "Preferences", "Profile", "RoleChange", "User"]
