from django.db import models
from django.utils.translation import gettext_lazy as _


class VerificationStatus(models.TextChoices):
    """Where an application stands. `REVIEW` is a verified creator under a new name: the badge waits (CRE-5)."""

    OPEN = "open", _("Waiting for a decision")
    REVIEW = "review", _("In review: new name or handle")
    APPROVED = "approved", _("Verified")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REVOKED = "revoked", _("Badge taken away")


# The only moves there are. What declined and revoked may still become, an appeal decides.
VERIFICATION_TRANSITIONS: dict[VerificationStatus, frozenset[VerificationStatus]] = {
    VerificationStatus.OPEN: frozenset(
        {VerificationStatus.APPROVED, VerificationStatus.DECLINED, VerificationStatus.WITHDRAWN}
    ),
    VerificationStatus.REVIEW: frozenset(
        {VerificationStatus.APPROVED, VerificationStatus.DECLINED, VerificationStatus.WITHDRAWN}
    ),
    VerificationStatus.APPROVED: frozenset({VerificationStatus.REVIEW, VerificationStatus.REVOKED}),
    VerificationStatus.DECLINED: frozenset({VerificationStatus.APPROVED}),
    VerificationStatus.REVOKED: frozenset({VerificationStatus.APPROVED}),
    VerificationStatus.WITHDRAWN: frozenset(),
}
# A person has one of these at most.
LIVE = (VerificationStatus.OPEN, VerificationStatus.REVIEW, VerificationStatus.APPROVED)
# What waits for a reviewer.
WAITING = (VerificationStatus.OPEN, VerificationStatus.REVIEW)


class DecisionKind(models.TextChoices):
    APPROVED = "approved", _("Verified")
    DECLINED = "declined", _("Declined")
    REVOKED = "revoked", _("Badge taken away")


# What a person may object to.
APPEALABLE = (DecisionKind.DECLINED, DecisionKind.REVOKED)


class AppealState(models.TextChoices):
    OPEN = "open", _("Waiting for another reviewer")
    UPHELD = "upheld", _("The decision stands")
    OVERTURNED = "overturned", _("The decision was changed")


class WebsiteCheck(models.TextChoices):
    """What a visit to the website found."""

    NONE = "none", _("No website named")
    WAITING = "waiting", _("Not looked at yet")
    RELATED = "related", _("Links to the profile as “me”")
    LINKED = "linked", _("Links to the profile")
    MISSING = "missing", _("No link to the profile")
    FAILED = "failed", _("Could not be read")


class Accent(models.TextChoices):
    """The colour of a creator's page: names of the palette, never free values."""

    BASIL = "basil", _("Basil")
    APRICOT = "apricot", _("Apricot")
    TOMATO = "tomato", _("Tomato")
    BERRY = "berry", _("Berry")
    LAKE = "lake", _("Lake")


class PostStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


# The only moves there are; every other is refused with the legal ones listed.
POST_TRANSITIONS: dict[PostStatus, frozenset[PostStatus]] = {
    PostStatus.DRAFT: frozenset({PostStatus.SCHEDULED, PostStatus.PUBLISHED, PostStatus.ARCHIVED}),
    PostStatus.SCHEDULED: frozenset({PostStatus.DRAFT, PostStatus.SCHEDULED, PostStatus.PUBLISHED}),
    PostStatus.PUBLISHED: frozenset({PostStatus.DRAFT, PostStatus.ARCHIVED}),
    PostStatus.ARCHIVED: frozenset({PostStatus.DRAFT}),
}
