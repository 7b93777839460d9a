from social.models.comment import Comment, Mention
from social.models.feed import FeedEntry, FeedItem, FeedMute
from social.models.graph import Block, Connection, Follow, SocialStats
from social.models.like import Like
from social.models.reactable import Reactable
from social.models.reaction import about
from social.models.share import Share, ShareLink

__all__ = [
    "Block",
    "Comment",
    "Connection",
    "FeedEntry",
    "FeedItem",
    "FeedMute",
    "Follow",
    "Like",
    "Mention",
    "Reactable",
    "Share",
    "ShareLink",
    "SocialStats",
    "about",
]
