"""Comments, likes and links in the words of the API."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework import serializers

from accounts.models import User
from accounts.selectors import public_avatar_of
from fitfoodie.common.api.serializers import PersonSerializer, StrictSerializer
from fitfoodie.common.why import MAX_REASON
from social.enums import ShareChannel, WhoMayComment
from social.models import Comment, ShareLink
from social.validators import MAX_COMMENT

Json = dict[str, Any]


def person(who: User) -> Json:
    """Read with `profile__photo`."""
    profile = getattr(who, "profile", None)
    return {
        "handle": who.handle,
        "name": who.name,
        "avatar": public_avatar_of(who),
        "verified": bool(profile and profile.is_verified),
    }


def comment(row: Comment) -> Json:
    """From a row of `selectors.comments`. One that the caller may not read is a placeholder: no author, no words."""
    reads: bool = row.is_readable  # type: ignore[attr-defined]  # annotated by the selector
    mentions = row.shown_mentions if reads else []  # type: ignore[attr-defined]  # prefetched under this name
    return {
        "id": row.public_id,
        "author": person(row.author) if reads and row.author else None,
        "text": row.text if reads else "",
        "gone": not reads,
        "hidden": reads and row.hidden_at is not None,
        "pinned": row.is_pinned,
        "mentions": [{"text": f"@{each.handle}", "handle": each.person.handle} for each in mentions],
        "replies": row.reply_count,
        "likes": row.like_count if reads else 0,
        "liked": reads and row.is_liked,  # type: ignore[attr-defined]  # annotated by the selector
        "created_at": row.created_at,
        "edited_at": row.edited_at if reads else None,
    }


def share_link(link: ShareLink) -> Json:
    return {
        "url": settings.SITE_URL.rstrip("/") + reverse("social:shared", kwargs={"token": link.token}),
        "created_at": link.created_at,
        "expires_at": link.expires_at,
    }


class MentionSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(help_text="As it stands in the text, with its @.")
    handle = serializers.CharField(help_text="The person's handle now.")


class CommentSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    author = PersonSerializer(allow_null=True)
    text = serializers.CharField(allow_blank=True, help_text="Plain text.")
    gone = serializers.BooleanField(help_text="A placeholder: only the replies are left.")
    hidden = serializers.BooleanField(help_text="Only its author and whoever looks after the page see it.")
    pinned = serializers.BooleanField()
    mentions = MentionSerializer(many=True)
    replies = serializers.IntegerField()
    likes = serializers.IntegerField()
    liked = serializers.BooleanField(help_text="By the caller.")
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)


class CommentInputSerializer(StrictSerializer):
    text = serializers.CharField(max_length=MAX_COMMENT, help_text="Plain text; @handle mentions a person.")
    reply_to = serializers.CharField(required=False, allow_blank=True, default="", help_text="Id of another comment.")


class CommentEditSerializer(StrictSerializer):
    text = serializers.CharField(max_length=MAX_COMMENT)


class CommentHideSerializer(StrictSerializer):
    reason = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=MAX_REASON, help_text="Staff say why."
    )


class WhoMayCommentSerializer(StrictSerializer):
    who_may_comment = serializers.ChoiceField(choices=WhoMayComment.choices)


class ShareInputSerializer(StrictSerializer):
    channel = serializers.ChoiceField(choices=ShareChannel.choices)


class ShareCountSerializer(serializers.Serializer[Any]):
    shares = serializers.IntegerField(help_text="People who shared it.")


class ShareLinkInputSerializer(StrictSerializer):
    days = serializers.IntegerField(required=False, min_value=1, max_value=30, help_text="7 when left out.")


class ShareLinkSerializer(serializers.Serializer[Any]):
    url = serializers.URLField(help_text="Opens it read-only for whoever has the address.")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class RevokedSerializer(serializers.Serializer[Any]):
    revoked = serializers.IntegerField(help_text="How many links were taken back.")
