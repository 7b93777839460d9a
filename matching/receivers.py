from fitfoodie.events.registry import subscribe
from matching.tasks import follow_block, follow_leaving, part_company_of


def enqueue_block(event_id: int) -> None:
    follow_block.delay(event_id=event_id)


def enqueue_leaving(event_id: int) -> None:
    follow_leaving.delay(event_id=event_id)


def enqueue_parting(event_id: int) -> None:
    part_company_of.delay(event_id=event_id)


subscribe("social.block.added", consumer="matching.matches", enqueue=enqueue_block)
subscribe("accounts.user.deactivated", consumer="matching.matches", enqueue=enqueue_leaving)
subscribe("matching.match.ended", consumer="matching.company", enqueue=enqueue_parting)
