"""Where a creator stands in the directory: the verified first, then by followers."""

from django.db import transaction

from accounts.models import Profile
from influencers.models import CreatorPage
from social.models import SocialStats

# Above any number of followers.
VERIFIED_FIRST = 10**12


@transaction.atomic
def place_in_directory(*, user_id: int) -> CreatorPage:
    """Make the creator's page if it is missing and set what the directory is ordered by. May be said twice.

    Locks the page, so that of two counts the later one is stored. Raises Profile.DoesNotExist.
    """
    CreatorPage.objects.get_or_create(user_id=user_id)
    page = CreatorPage.objects.select_for_update().get(user_id=user_id)
    is_verified = Profile.objects.values_list("is_verified", flat=True).get(user_id=user_id)
    followers = SocialStats.objects.filter(pk=user_id).values_list("follower_count", flat=True).first()
    page.follower_count = followers or 0
    page.standing = page.follower_count + (VERIFIED_FIRST if is_verified else 0)
    page.save(update_fields=["follower_count", "standing", "updated_at"])
    return page
