"""The back office of the community: staff look, and act through services with a reason."""

from social.admin.graph import BlockAdmin, ConnectionAdmin, FollowAdmin, SocialStatsAdmin
from social.admin.reactions import CommentAdmin, ShareLinkAdmin

__all__ = ["BlockAdmin", "CommentAdmin", "ConnectionAdmin", "FollowAdmin", "ShareLinkAdmin", "SocialStatsAdmin"]
