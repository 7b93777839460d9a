from celery import shared_task
from django.utils import timezone

from fitfoodie.events.models import Event
from fitfoodie.search import services as search
from influencers.models import CreatorPage, Post
from influencers.search import POSTS
from influencers.services import post_life, views
from influencers.services.standing import place_in_directory
from influencers.services.website import check_website as visit_website
from influencers.services.website import forget_id_references as forget_spent_references
from meals.tasks import INDEX_BATCH, batched


@shared_task(name="influencers.check_website")
def check_website(*, application_id: int) -> None:
    """Look whether an applicant's website leads back to their profile. Idempotent: the last visit counts."""
    visit_website(application_id=application_id, now=timezone.now())


@shared_task(name="influencers.check_website_of_event")
def check_website_of_event(*, event_id: int) -> None:
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        visit_website(application_id=int(event.data["application_id"]), now=timezone.now())


@shared_task(name="influencers.place_creator_of_event")
def place_creator_of_event(*, event_id: int) -> None:
    """Make the directory agree with what happened: a new creator, a follower more or less. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    user_id = _creator_of(event) if event is not None else None
    if user_id is not None:
        place_in_directory(user_id=user_id)


def _creator_of(event: Event) -> int | None:
    if event.name == "accounts.role.granted":
        return int(event.data["user_id"]) if event.data["role"] == "creator" else None
    followee = event.data.get("followee_id")
    known = followee is not None and CreatorPage.objects.filter(user_id=followee).exists()
    return int(followee) if known else None


@shared_task(name="influencers.forget_id_references")
def forget_id_references() -> int:
    """Daily: numbers of documents go thirty days after the decision."""
    return forget_spent_references(now=timezone.now())


@shared_task(name="influencers.index_post_of_event", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def index_post_of_event(*, event_id: int) -> None:
    """Make search agree with the post the event is about, as the post now is. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        search.index_objects(POSTS, [int(event.subject_id)])


@shared_task(name="influencers.publish_due_posts")
def publish_due_posts() -> int:
    """Each minute. Late after an outage, never twice (CRE-4)."""
    return post_life.publish_due_posts(now=timezone.now())


@shared_task(name="influencers.index_posts_of_person", autoretry_for=(Exception,), retry_backoff=2, retry_jitter=True)
def index_posts_of_person(*, event_id: int) -> None:
    """The same for all posts of the person the event is about: gone, back, closed or opened. Idempotent."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        posts = Post.objects.filter(author_id=int(event.subject_id)).order_by("pk")
        for batch in batched(posts.values_list("pk", flat=True).iterator(), INDEX_BATCH):
            search.index_objects(POSTS, batch)


@shared_task(name="influencers.roll_up_views")
def roll_up_views() -> int:
    """Hourly: views of finished days become numbers, and who looked is forgotten. Idempotent."""
    return views.roll_up_views(now=timezone.now())
