from celery import shared_task
from django.utils import timezone

from fitfoodie.search import index as indexes
from fitfoodie.search import saved
from fitfoodie.search.digests import send_digest
from fitfoodie.search.engines import registry
from fitfoodie.search.engines.base import EngineUnavailableError


@shared_task(
    name="search.follow_outside",
    autoretry_for=(EngineUnavailableError,),
    retry_backoff=2,
    retry_backoff_max=600,
    retry_jitter=True,
    max_retries=12,
)
def follow_outside(*, index_name: str, ids: list[int]) -> None:
    """Bring the engine beside the database up to date for these rows as they now are. Idempotent."""
    engine = registry.outside()
    if engine is None:
        return
    index = indexes.get(index_name)
    documents = list(index.documents(index.public().filter(pk__in=ids)))
    engine.write(index, documents, removed=set(ids) - {document.id for document in documents})


@shared_task(name="search.tell_saved_searches")
def tell_saved_searches() -> int:
    """Daily: one task for each person who asked to be told. Returns how many."""
    owners = saved.owners_to_tell()
    for owner_id in owners:
        tell_owner.delay(owner_id=owner_id)
    return len(owners)


@shared_task(name="search.tell_owner")
def tell_owner(*, owner_id: int) -> None:
    """Not tried again: what was claimed and not sent is lost rather than sent twice (NTF-1)."""
    told = saved.claim_digest(owner_id=owner_id, now=timezone.now())
    if told:
        send_digest(told)
