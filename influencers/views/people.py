"""Creators in the form the components draw."""

from typing import Any

from influencers.models import CreatorPage
from meals.views.cards import person


def creator_card(page: CreatorPage) -> dict[str, Any]:
    return {"person": person(page.user), "headline": page.headline, "follower_count": page.follower_count}
