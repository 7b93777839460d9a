"""What posts tell the apps below."""

from accounts import export_parts, profile_sections
from influencers import insight_sources
from influencers.selectors.insight_columns import COLUMNS
from influencers.services.own_data import PART
from influencers.views.feed import POSTS_PUBLISHED
from influencers.views.profile import SECTION
from influencers.views.subject import SUBJECT
from social import subjects
from social.receivers import subscribe_source


def register() -> None:
    profile_sections.register(SECTION)
    export_parts.register(PART)
    subjects.register(SUBJECT)
    subscribe_source(POSTS_PUBLISHED)
    for column in COLUMNS:
        insight_sources.register(column)
