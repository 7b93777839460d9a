from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.enums import Role
from accounts.models import User
from fitfoodie.search import services as search
from influencers.enums import WAITING, AppealState, PostStatus
from meals.enums import Audience
from social.policy import content_of, followed, reachable, there_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from influencers.models import (  # noqa: F401  named in the types of the querysets
        Collection,
        CreatorPage,
        Post,
        VerificationAppeal,
        VerificationApplication,
    )

    Viewer = User | AnonymousUser


class CreatorPageQuerySet(models.QuerySet["CreatorPage"]):
    def of_creators(self) -> "CreatorPageQuerySet":
        """Of people who are creators now: whoever gave the role back is out of the directory at once."""
        held = User.groups.through.objects.filter(user_id=OuterRef("user_id"), group__name=Role.CREATOR.value)
        return self.filter(Exists(held))

    def there_for(self, viewer: "Viewer") -> "CreatorPageQuerySet":
        """Creators one may meet: there, and neither side has blocked the other (SEC-9)."""
        return self.of_creators().filter(there_for(viewer, "user"), Q(user__is_active=True))

    def named(self, text: str) -> "CreatorPageQuerySet":
        words = text.strip().lstrip("@")
        return self.filter(Q(user__name__icontains=words) | Q(user__handle__icontains=words)) if words else self


class CollectionQuerySet(models.QuerySet["Collection"]):
    def visible_to(self, viewer: "Viewer") -> "CollectionQuerySet":
        """Public ones of people whose content one may see; one's own in every state."""
        is_open = Q(is_public=True) & content_of(viewer, "creator")
        return self.filter(is_open if viewer.pk is None else is_open | Q(creator_id=viewer.pk))

    def editable_by(self, user: Any) -> "CollectionQuerySet":
        return self.filter(creator_id=user.pk)


class ApplicationQuerySet(models.QuerySet["VerificationApplication"]):
    def waiting(self) -> "ApplicationQuerySet":
        return self.filter(status__in=WAITING)

    def with_spent_reference(self, before: datetime) -> "ApplicationQuerySet":
        """Decided, or withdrawn, before the instant, and still holding the number of a document."""
        ended = Q(decided_at__lt=before) | Q(status="withdrawn", updated_at__lt=before)
        return self.exclude(id_reference="").exclude(status__in=WAITING).filter(ended)


class AppealQuerySet(models.QuerySet["VerificationAppeal"]):
    def waiting(self) -> "AppealQuerySet":
        return self.filter(state=AppealState.OPEN)


class PostQuerySet(models.QuerySet["Post"]):
    def public(self) -> "PostQuerySet":
        """What a stranger may find: published for everyone by somebody who is there and not private."""
        return self.filter(
            reachable("author"),
            status=PostStatus.PUBLISHED,
            audience=Audience.EVERYONE,
            author__profile__is_private=False,
        )

    def visible_to(self, viewer: "Viewer") -> "PostQuerySet":
        """What an address may open: what is published for them, and one's own in every state."""
        is_for_them = Q(audience=Audience.EVERYONE) | Q(audience=Audience.FOLLOWERS) & followed(viewer, "author")
        published = Q(status=PostStatus.PUBLISHED) & is_for_them & content_of(viewer, "author")
        return self.filter(published if viewer.pk is None else published | Q(author_id=viewer.pk))

    def shown_to(self, viewer: "Viewer") -> "PostQuerySet":
        """What lists show: of one's own, too, only what is published."""
        return self.visible_to(viewer).filter(status=PostStatus.PUBLISHED)

    def due(self, now: datetime) -> "PostQuerySet":
        return self.filter(status=PostStatus.SCHEDULED, scheduled_for__lte=now)

    def searched(self, text: str) -> "PostQuerySet":
        """Those that match the words, annotated with `search_rank`, larger is better."""
        return cast("PostQuerySet", search.apply("posts", self, text))

    def for_cards(self) -> "PostQuerySet":
        """All that a card shows, in two statements."""
        return self.select_related("author__profile__photo").prefetch_related("photos")
