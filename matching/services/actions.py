"""Like, pass, super like, and taking the last one back. Page, API and keyboard all come here (N3, N8).

Every verb locks the people it is about, smaller id first, with the lock that blocking takes too: a like never crosses
a block, two likes that meet are one match, and a limit cannot be beaten by asking ten times at once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.services import record
from matching.enums import LIKES, Verb
from matching.errors import AlreadyActedError, LimitReachedError, NothingToUndoError
from matching.events import ActionMade, ActionUndone
from matching.models import Match, MatchAction
from matching.selectors import said
from matching.selectors.reach import person_to_act_on
from matching.services.matches import make_match
from social import rules
from social.services.standing import lock_people


@dataclass(frozen=True)
class ActResult:
    is_mutual: bool
    match: Match | None
    action: MatchAction


@transaction.atomic
def act(*, actor: User, target_id: int, verb: Verb, now: datetime, is_for_good: bool = False) -> ActResult:
    """Say something of somebody. Locks both people. The same word again changes nothing; another one replaces it while
    it can be taken back (MAT-1). A pass `is_for_good` never returns, else after MATCH_PASS_RETURNS_DAYS (MAT-7).

    Raises User.DoesNotExist for whom the deck does not show the actor, DomainError about oneself, NotAllowedError
    before one's address is confirmed, AlreadyActedError, LimitReachedError.
    """
    if actor.pk == target_id:
        raise DomainError(_("That is you."), code="oneself")
    if not rules.may_reach_out(actor):
        raise NotAllowedError(_("Verify your e-mail address first."), code="email_unverified")
    lock_people([actor.pk, target_id])
    present = said.action_that_counts(actor.pk, target_id, now=now)
    match = said.match_between(actor.pk, target_id)
    person = person_to_act_on(target_id, actor=actor, is_known=present is not None, now=now)
    if match is not None and match.ended_at is not None:
        raise User.DoesNotExist
    if present is not None and present.verb == verb:
        return ActResult(match is not None, match, _lasting(present) if is_for_good else present)
    _need_changeable(present, match, now=now)
    _need_allowance(actor, verb, now=now)
    returns_at = _returns_at(now) if verb == Verb.PASS and not is_for_good else None
    return _say(actor, person, verb, returns_at=returns_at, now=now)


@transaction.atomic
def undo_last(*, actor: User, now: datetime) -> MatchAction:
    """Take the last action back; what it spent of the day's likes stays spent. Locks the actor.

    Returns it. Raises NothingToUndoError after MATCH_UNDO_MINUTES, after a match, and a second time in a row (MAT-9).
    """
    lock_people([actor.pk])
    last = said.last_action(actor.pk)
    if last is None or last.undone_at is not None:
        raise NothingToUndoError(_("There is nothing to take back: only the last action can be."))
    if not said.is_changeable(last, now=now):
        raise NothingToUndoError(_too_late())
    if said.match_between(last.actor_id, last.target_id) is not None:
        raise NothingToUndoError(_("You two are a match already. You can end the match instead."))
    _take_back(last, actor=actor, now=now)
    return last


def _need_changeable(present: MatchAction | None, match: Match | None, *, now: datetime) -> None:
    if match is not None:
        raise AlreadyActedError(_("You two are a match already. You can end the match instead."))
    if present is not None and not said.is_changeable(present, now=now):
        raise AlreadyActedError(_too_late())


def _too_late() -> str:
    return ngettext(
        "An action can be changed within %(minutes)d minute; this one stands.",
        "An action can be changed within %(minutes)d minutes; this one stands.",
        settings.MATCH_UNDO_MINUTES,
    ) % {"minutes": settings.MATCH_UNDO_MINUTES}


def _need_allowance(actor: User, verb: Verb, *, now: datetime) -> None:
    if said.limit_of(verb) is None:
        return
    allowance = said.allowance(actor.pk, verb, now=now)
    if allowance.left > 0:
        return
    raise LimitReachedError(
        _spent(verb, allowance, now=now), code="super_likes_spent" if verb == Verb.SUPER_LIKE else "likes_spent"
    )


def _spent(verb: Verb, allowance: said.Allowance, *, now: datetime) -> str:
    """In hours from now, rounded up: whose clock it is does not matter."""
    hours = allowance.hours_to_wait(now)
    what = (
        _("Your super likes of the last 24 hours are spent; a plain like still says it.")
        if verb == Verb.SUPER_LIKE
        else _("Your likes of the last 24 hours are spent.")
    )
    when = ngettext("The next is yours in %(hours)d hour.", "The next is yours in %(hours)d hours.", hours)
    return f"{what} {when % {'hours': hours}}"


def _lasting(present: MatchAction) -> MatchAction:
    """The same pass, for good."""
    if present.verb == Verb.PASS and present.returns_at is not None:
        present.returns_at = None
        present.save(update_fields=["returns_at"])
    return present


def _say(actor: User, person: User, verb: Verb, *, returns_at: datetime | None, now: datetime) -> ActResult:
    former = MatchAction.objects.filter(actor=actor, target=person, undone_at=None).first()
    if former is not None:
        _take_back(former, actor=actor, now=now)
    action = MatchAction.objects.create(actor=actor, target=person, verb=verb, acted_at=now, returns_at=returns_at)
    fact = ActionMade(action_id=action.pk, actor_id=actor.pk, target_id=person.pk, verb=verb)
    record(fact, actor=actor, subject=action)
    match = make_match(one=actor, other=person, now=now) if _is_mutual(action) else None
    return ActResult(match is not None, match, action)


def _is_mutual(action: MatchAction) -> bool:
    if action.verb not in LIKES:
        return False
    back = MatchAction.objects.filter(actor_id=action.target_id, target_id=action.actor_id, undone_at=None)
    return back.filter(verb__in=LIKES).exists()


def _returns_at(now: datetime) -> datetime:
    return now + timedelta(days=settings.MATCH_PASS_RETURNS_DAYS)


def _take_back(action: MatchAction, *, actor: User, now: datetime) -> None:
    action.undone_at = now
    action.save(update_fields=["undone_at"])
    fact = ActionUndone(action_id=action.pk, actor_id=action.actor_id, target_id=action.target_id, verb=action.verb)
    record(fact, actor=actor, subject=action)
