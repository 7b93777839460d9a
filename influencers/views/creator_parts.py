"""What creators' pages, badge and studio tell the apps below."""

from accounts import badge_policy, profile_sections
from fitfoodie.search import groups
from influencers import studio_items
from influencers.services.verification import question_badge
from influencers.views.public_page import SECTIONS
from influencers.views.search_groups import GROUPS
from influencers.views.studio_meals import MEALS
from influencers.views.studio_post_kind import POSTS


def register() -> None:
    badge_policy.on_renamed(question_badge)
    for section in SECTIONS:
        profile_sections.register(section)
    for kind in (MEALS, POSTS):
        studio_items.register(kind)
    for group in GROUPS:
        groups.register(group)
