"""What the verbs of the graph share: the lock they all take, the totals they move, whom they may be about."""

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from social import rules
from social.models import SocialStats
from social.policy import there_for


def lock_people(ids: Iterable[int]) -> dict[int, SocialStats]:
    """The totals of these people, locked, smaller id first, so that no two verbs wait for each other in a circle.

    Every verb about a pair holds both rows: a block and a follow of the same two people come one after the other.
    """
    wanted = sorted(set(ids))
    known = set(SocialStats.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if len(known) < len(wanted):
        missing = User.objects.filter(pk__in=set(wanted) - known).order_by("pk").values_list("pk", flat=True)
        SocialStats.objects.bulk_create([SocialStats(pk=pk) for pk in missing], ignore_conflicts=True)
    rows = SocialStats.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return {row.pk: row for row in rows}


def move_totals(ids: Iterable[int], *, column: str, by: int) -> None:
    """Call under the lock of these people."""
    SocialStats.objects.filter(pk__in=list(ids)).update(**{column: F(column) + by})


def met(person_id: int, *, by: User) -> User:
    """Somebody who is there for `by`; raises User.DoesNotExist for all others, whatever the cause (SEC-9)."""
    return User.objects.filter(there_for(by)).select_related("profile").get(pk=person_id)


def need_reaching_out(person: User, *, to: int) -> None:
    """Raises NotAllowedError before one's address is confirmed, DomainError about oneself."""
    if person.pk == to:
        raise DomainError(_("That is you."), code="oneself")
    if not rules.may_reach_out(person):
        raise NotAllowedError(_("Verify your e-mail address first."), code="email_unverified")
