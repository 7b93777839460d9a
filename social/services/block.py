"""Blocking: mutual in effect, silent in form. What is between the two ends in the same transaction (CRE-1, N46)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.services import record
from social import rules
from social.events.graph import BlockAdded, BlockRemoved
from social.models import Block
from social.services import connection, follow
from social.services.standing import lock_people, met


@transaction.atomic
def block_person(*, blocker: User, person_id: int, now: datetime) -> Block:
    """Neither sees the other from the next request on; follows, requests and friendship end. Locks both people.

    May be said twice. Raises User.DoesNotExist for whom the blocker may not meet, DomainError about oneself.
    """
    if blocker.pk == person_id:
        raise DomainError(_("That is you."), code="oneself")
    lock_people([blocker.pk, person_id])
    present = Block.objects.filter(blocker=blocker, blocked_id=person_id).first()
    if present is not None:
        return present
    person = met(person_id, by=blocker)
    follow.cut_between(person=blocker, other_id=person_id)
    connection.cut_between(person=blocker, other_id=person_id)
    block = Block.objects.create(blocker=blocker, blocked=person, blocked_at=now)
    record(BlockAdded(blocker_id=blocker.pk, blocked_id=person.pk), actor=blocker, subject=person)
    return block


@transaction.atomic
def unblock_person(*, blocker: User, person_id: int) -> bool:
    """Only the blocker can; nothing that the block ended comes back. Whether there was one. Locks both people."""
    lock_people([blocker.pk, person_id])
    block = Block.objects.filter(blocker=blocker, blocked_id=person_id).first()
    if block is not None:
        _lift(block, actor=blocker)
    return block is not None


@transaction.atomic
def remove_block(*, block_id: int, actor: User, reason: str) -> None:
    """By staff, with a reason. Locks both people. Raises Block.DoesNotExist, NotAllowedError, DomainError."""
    if not rules.may_mend_blocks(actor):
        raise NotAllowedError(_("You cannot change blocks of others."))
    if not reason.strip():
        raise DomainError(_("Please say why: the reason is kept."), code="required", field="reason")
    pair = Block.objects.get(pk=block_id)
    lock_people([pair.blocker_id, pair.blocked_id])
    _lift(Block.objects.get(pk=block_id), actor=actor, reason=reason.strip())


def _lift(block: Block, *, actor: User, reason: str = "") -> None:
    fact = BlockRemoved(blocker_id=block.blocker_id, blocked_id=block.blocked_id, by_staff=bool(reason), reason=reason)
    record(fact, actor=actor, subject=User(pk=block.blocked_id))
    block.delete()
