"""Opening a conversation, reading on in it, and what one shows of that."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from chat import rules
from chat.errors import NotCloseError
from chat.events import ConversationOpened
from chat.models import ChatSettings, Conversation, Member
from chat.policy import are_close
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.services import record
from social.services.standing import lock_people, met


@transaction.atomic
def open_conversation(*, person: User, other_id: int, now: datetime) -> tuple[Conversation, bool]:
    """The conversation of the two and whether it is new; there is one a pair, ever. Locks both people.

    Raises User.DoesNotExist for whom the person may not meet, DomainError about oneself, NotAllowedError before one's
    address is confirmed, NotCloseError without a match or friendship when the two have never talked.
    """
    if person.pk == other_id:
        raise DomainError(_("That is you."), code="oneself", field="handle")
    lock_people([person.pk, other_id])
    other = met(other_id, by=person)
    low_id, high_id = sorted((person.pk, other.pk))
    present = Conversation.objects.filter(low_id=low_id, high_id=high_id).first()
    if present is not None:
        return present, False
    need_writing(person)
    if not are_close(person.pk, other.pk):
        raise NotCloseError(_("You can write to each other once you are a match or friends."))
    made = Conversation.objects.create(low_id=low_id, high_id=high_id, opened_at=now)
    Member.objects.bulk_create([Member(conversation=made, user_id=pk) for pk in (low_id, high_id)])
    fact = ConversationOpened(conversation_id=made.pk, low_id=low_id, high_id=high_id)
    record(fact, actor=person, subject=made)
    return made, True


@transaction.atomic
def mark_read(*, conversation_id: int, user: User, seq: int, now: datetime) -> Member:
    """Move the pointer on to `seq`, at most to the newest message; never back (CHT-8). Locks the pointer.

    Raises Member.DoesNotExist for a conversation of others.
    """
    mine = Member.objects.select_for_update(of=("self",), no_key=True).select_related("conversation")
    member = mine.get(conversation_id=conversation_id, user=user)
    reached = min(seq, member.conversation.last_seq)
    if reached > member.read_seq:
        member.read_seq, member.read_at = reached, now
        member.save(update_fields=["read_seq", "read_at"])
    return member


def set_receipts(*, person: User, shows_receipts: bool) -> bool:
    """Both ways: who does not show, does not see (CHT-8). Whether anything changed."""
    before = ChatSettings.objects.filter(user=person).values_list("shows_receipts", flat=True).first()
    ChatSettings.objects.update_or_create(user=person, defaults={"shows_receipts": shows_receipts})
    return (before is not False) != shows_receipts


def need_writing(person: User) -> None:
    """As the database has them now: somebody suspended in between says nothing more."""
    if not rules.may_write(User.objects.get(pk=person.pk)):
        raise NotAllowedError(_("Verify your e-mail address first."), code="email_unverified")
