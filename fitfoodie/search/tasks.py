from celery import shared_task

from fitfoodie.search import index as indexes
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
