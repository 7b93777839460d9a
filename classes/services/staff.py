"""Who works for a chain. Given and taken by those who manage the whole of it, with a reason that is kept (N30, N31)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes import rules
from classes.enums import StaffRole
from classes.events.schedule import StaffGranted, StaffRemoved
from classes.models import Chain, ChainStaff, Studio
from fitfoodie.common.errors import ConflictError, DomainError, NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record


@transaction.atomic
def grant_staff(
    *, actor: User, chain_id: int, user: User, role: StaffRole, studio_id: int | None = None, reason: str, now: datetime
) -> ChainStaff:
    """Effective on the person's next request; held already, it stays as it was.

    Locks the chain, so that of two who act at once the second sees what the first did. Raises NotAllowedError for a
    role above the actor's own, DomainError, Chain.DoesNotExist, Studio.DoesNotExist for a studio of another chain.
    """
    chain = _locked(chain_id)
    _require_rank(actor, chain, role)
    studio = Studio.objects.in_chain(chain).get(pk=studio_id) if studio_id is not None else None
    return put_on_staff(
        chain=chain, user=user, role=role, studio=studio, actor=actor, reason=clean_reason(reason), now=now
    )


def put_on_staff(
    *, chain: Chain, user: User, role: StaffRole, studio: Studio | None, actor: User, reason: str, now: datetime
) -> ChainStaff:
    """Without asking whether the actor may; in the transaction of the caller, who holds the lock of the chain."""
    if role == StaffRole.OWNER and studio is not None:
        raise DomainError(_("An owner owns the whole chain: leave the studio empty."), field="studio")
    if not user.is_active:
        raise DomainError(_("This account is closed."), code="inactive", field="user")
    row, is_new = ChainStaff.objects.in_chain(chain).get_or_create(
        chain=chain, user=user, role=role, studio=studio, defaults={"since": now}
    )
    if not is_new and row.is_active:
        return row
    row.is_active, row.since = True, now
    row.save(update_fields=["is_active", "since"])
    record(StaffGranted(**_facts(row), reason=reason), actor=actor, subject=chain)
    return row


@transaction.atomic
def remove_staff(*, actor: User, staff_id: int, reason: str, now: datetime) -> ChainStaff:
    """Effective on the person's next request; anybody may lay down their own role. Taken already, it stays so.

    Locks the chain. Raises NotAllowedError for a role above the actor's own, ConflictError `last_owner`, DomainError,
    ChainStaff.DoesNotExist.
    """
    chain_id = ChainStaff.objects.across_chains().values_list("chain_id", flat=True).get(pk=staff_id)
    chain = _locked(chain_id)
    row = ChainStaff.objects.in_chain(chain).select_for_update().get(pk=staff_id)
    if row.user_id != actor.pk:
        _require_rank(actor, chain, StaffRole(row.role))
    reason = clean_reason(reason)
    if not row.is_active:
        return row
    _refuse_last_owner(chain, row)
    row.is_active = False
    row.save(update_fields=["is_active"])
    record(StaffRemoved(**_facts(row), reason=reason), actor=actor, subject=chain)
    return row


def _locked(chain_id: int) -> Chain:
    return Chain.objects.select_for_update().get(pk=chain_id)


def _require_rank(actor: User, chain: Chain, role: StaffRole) -> None:
    # Read behind the lock: the actor may have lost the role a moment ago.
    rank = rules.highest_rank(actor, chain)
    if rank < rules.RANKS[StaffRole.MANAGER]:
        raise NotAllowedError(_("Staff is managed by the owners and managers of the chain."))
    if rank < rules.RANKS[role]:
        raise NotAllowedError(_("This role is above your own: ask an owner of the chain."), code="above_own_rank")


def _refuse_last_owner(chain: Chain, row: ChainStaff) -> None:
    others = ChainStaff.objects.in_chain(chain).filter(role=StaffRole.OWNER, is_active=True, user__is_active=True)
    if row.role == StaffRole.OWNER and not others.exclude(pk=row.pk).exists():
        message = _("This is the last owner of the chain. Make somebody else an owner first.")
        raise ConflictError(message, code="last_owner")


def _facts(row: ChainStaff) -> dict[str, Any]:
    return {"chain_id": row.chain_id, "user_id": row.user_id, "role": str(row.role), "studio_id": row.studio_id}
