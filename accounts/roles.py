"""The roles, and what each may do: the only table of permissions. `post_migrate` copies it into the groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role

Text = str | Promise


@dataclass(frozen=True)
class RoleSpec:
    """`may` says it in words for people; `permissions` are patterns of `app_label.codename` for Django.

    `rank` orders roles: nobody changes the roles of somebody who ranks above them, nor grants above their own rank.
    """

    role: Role
    rank: int
    may: tuple[Text, ...]
    permissions: tuple[str, ...] = ()
    opens_back_office: bool = False


_SPECS = (
    RoleSpec(
        role=Role.USER,
        rank=0,
        may=(_("Keep a profile and settings"), _("Save and review meals"), _("Keep drafts of own meals")),
    ),
    RoleSpec(
        role=Role.CREATOR,
        rank=10,
        may=(
            _("Publish, schedule and archive own meals and posts"),
            _("Set prices and portions of own meals"),
            _("Keep a creator page with collections, and ask for the badge"),
        ),
    ),
    RoleSpec(
        role=Role.INSTRUCTOR,
        rank=10,
        may=(
            _("Teach for chains that have taken them on: put classes on the timetable of their studios"),
            _("Take attendance and change or cancel the classes they give"),
        ),
    ),
    RoleSpec(
        role=Role.MODERATOR,
        rank=20,
        may=(
            _("Open the back office"),
            _("See people, meals, photos and reviews, drafts included"),
            _("Take meals, photos and reviews down and put them back, with a reason"),
            _("Decide on verifications of creators, with a reason"),
            _("Hide comments and show them again, and take share links back, with a reason"),
            _("See who follows, befriended or blocked whom; lift blocks and end friendships, with a reason"),
            _("See reports and who filed them; decide on what was reported, with a reason"),
            _("See chains, classes, ratings of classes, and who matched whom"),
            _("Read messages that were reported, and what stood around them, with a reason; remove them"),
        ),
        permissions=(
            "accounts.view_*",
            "auth.view_group",
            "chat.view_message",
            "chat.change_message",
            "classes.view_*",
            "events.view_event",
            "influencers.view_*",
            "matching.view_*",
            "influencers.review_verification",
            "moderation.view_case",
            "moderation.view_report",
            "moderation.decide_case",
            "meals.view_*",
            "meals.change_meal",
            "meals.change_mealphoto",
            "meals.change_review",
            "influencers.change_post",
            "influencers.change_postphoto",
            "influencers.change_creatorpage",
            "classes.view_sessionrating",
            "classes.change_sessionrating",
            "classes.view_peerreview",
            "classes.change_peerreview",
            "social.view_block",
            "social.view_connection",
            "social.view_follow",
            "social.view_socialstats",
            "social.change_block",
            "social.change_connection",
            "social.view_comment",
            "social.view_sharelink",
            "social.change_comment",
            "social.change_sharelink",
        ),
        opens_back_office=True,
    ),
    RoleSpec(
        role=Role.SUPPORT,
        rank=20,
        may=(
            _("Open the back office"),
            _("See people, their sign-ins and what happened to their account"),
            _("See orders, and correct them with a reason"),
            _("See chains, classes and who booked them"),
            _("Correct who was in a class, cancel for people and decide on their fees, with a reason"),
            _("See who was told what, and who keeps which searches"),
            _("Sign people out everywhere, with a reason"),
        ),
        permissions=(
            "accounts.view_*",
            "accounts.sign_out_user",
            "account.view_emailaddress",
            "auth.view_group",
            "classes.view_chain",
            "classes.view_classtype",
            "classes.view_room",
            "classes.view_rsvp",
            "classes.change_rsvp",
            "classes.view_rsvpmove",
            "classes.view_series",
            "classes.view_session",
            "classes.view_studio",
            "events.view_event",
            "influencers.view_collection*",
            "influencers.view_creatorpage",
            "meals.view_*",
            "notifications.view_*",
            "orders.view_*",
            "orders.change_order",
            "search.view_*",
            "usersessions.view_usersession",
        ),
        opens_back_office=True,
    ),
    RoleSpec(
        role=Role.ADMIN,
        rank=30,
        may=(
            _("Everything the other roles may"),
            _("Grant and remove roles, with a reason"),
            _("Deactivate and reactivate people, with a reason"),
            _("Decide on verifications of creators, with a reason"),
            _("Change foods, tags and imports"),
            _("Make promo codes of the house, and pause or change anybody’s"),
            _("Decide on commissions and payouts of others, and set rates, with a reason"),
            _("Open and close chains, give them domains, and act in every chain, with a reason"),
        ),
        permissions=(
            "accounts.*",
            "account.view_emailaddress",
            "auth.view_group",
            "chat.view_message",
            "chat.change_message",
            "classes.*",
            "common.*",
            "events.view_event",
            "influencers.*",
            "matching.*",
            "meals.*",
            "moderation.view_case",
            "moderation.view_report",
            "moderation.decide_case",
            "notifications.view_*",
            "search.view_*",
            "social.*",
            "orders.view_affiliatelink",
            "orders.view_click",
            "orders.view_commission",
            "orders.change_commission",
            "orders.view_commissionadjustment",
            "orders.add_commissionadjustment",
            "orders.view_commissionrate",
            "orders.add_commissionrate",
            "orders.view_earningsfreeze",
            "orders.add_earningsfreeze",
            "orders.change_earningsfreeze",
            "orders.view_earningsappeal",
            "orders.view_payout",
            "orders.change_payout",
            "orders.add_promobatch",
            "orders.*_promocode",
            "orders.view_promobatch",
            "orders.view_redemption",
            "usersessions.view_usersession",
        ),
        opens_back_office=True,
    ),
)
ROLES: dict[Role, RoleSpec] = {spec.role: spec for spec in _SPECS}

# Every member has it; it is neither granted nor removed.
GRANTABLE_ROLES = tuple(role for role in ROLES if role is not Role.USER)


def rank_of(roles: Iterable[Role]) -> int:
    return max((ROLES[role].rank for role in roles), default=0)


def opens_back_office(roles: Iterable[Role]) -> bool:
    return any(ROLES[role].opens_back_office for role in roles)


def allows(role: Role, permission: str) -> bool:
    """Whether the table gives the role this `app_label.codename`."""
    return any(fnmatchcase(permission, pattern) for pattern in ROLES[role].permissions)


def app_labels() -> frozenset[str]:
    """The apps whose permissions the table speaks of; those of other apps are left alone."""
    return frozenset(pattern.split(".")[0] for spec in ROLES.values() for pattern in spec.permissions)
