"""What the graph tells the apps below, which know nothing of it."""

from accounts import export_parts, people_policy, profile_actions, profile_facts, settings_parts
from social.api.facts import FACTS
from social.policy import is_open_to, not_blocked
from social.services.own_data import PART
from social.views.people import BLOCKED_PAGE, PRIVACY_PART
from social.views.relations import ACTION


def register() -> None:
    export_parts.register(PART)
    people_policy.register(not_blocked)
    people_policy.register_door(is_open_to)
    profile_facts.register(FACTS)
    profile_actions.register(ACTION)
    settings_parts.register_page(BLOCKED_PAGE)
    settings_parts.register_part(PRIVACY_PART)
