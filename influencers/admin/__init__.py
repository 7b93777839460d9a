"""The back office of creators: staff look, and act through services with a reason."""

from influencers.admin.pages import CollectionAdmin, CreatorPageAdmin
from influencers.admin.posts import PostAdmin, PostPhotoAdmin
from influencers.admin.verification import AppealAdmin, ApplicationAdmin

__all__ = ["AppealAdmin", "ApplicationAdmin", "CollectionAdmin", "CreatorPageAdmin", "PostAdmin", "PostPhotoAdmin"]
