from influencers.models.collection import Collection, CollectionItem
from influencers.models.cover import CoverPhoto
from influencers.models.insight import ContentDay, ContentView
from influencers.models.page import CreatorPage
from influencers.models.post import Post, PostMeal, PostPhoto
from influencers.models.verification import VerificationAppeal, VerificationApplication, VerificationDecision

__all__ = [
    "Collection",
    "CollectionItem",
    "ContentDay",
    "ContentView",
    "CoverPhoto",
    "CreatorPage",
    "Post",
    "PostMeal",
    "PostPhoto",
    "VerificationAppeal",
    "VerificationApplication",
    "VerificationDecision",
]
