"""Chains and how they present themselves: opened by the house, looked after by those who manage them."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from classes import rules
from classes.enums import StaffRole
from classes.events.chains import ChainChanged, ChainCreated
from classes.models import Chain
from classes.policies import NAMES as POLICY_NAMES
from classes.selectors.brand import forget_brand
from classes.services.staff import put_on_staff
from classes.services.writing import free_slug, write
from fitfoodie.common.errors import NotAllowedError
from fitfoodie.common.why import clean_reason
from fitfoodie.events.services import record

BRAND = frozenset({"name", "about", "email", "colour", "time_zone"})
BY_HOSTS = BRAND | set(POLICY_NAMES)
# Whoever could set a domain or a currency themselves could take over another's address, or reprice what was booked.
BY_HOUSE = BY_HOSTS | {"slug", "currency", "domain", "is_active"}


@transaction.atomic
def create_chain(*, actor: User, owner: User, reason: str, now: datetime, **about: Any) -> Chain:
    """For administrators of the house. The owner is the first of its staff. Raises NotAllowedError, DomainError."""
    if not rules.is_house_admin(actor):
        raise NotAllowedError(_("Chains are opened by the administrators of the house."))
    reason = clean_reason(reason)
    about.setdefault("slug", free_slug(str(about.get("name", "")), _slugs()))
    chain = Chain()
    write(chain, _without_blank_domain(about), allowed=BY_HOUSE)
    record(ChainCreated(chain_id=chain.pk, reason=reason), actor=actor, subject=chain)
    put_on_staff(chain=chain, user=owner, role=StaffRole.OWNER, studio=None, actor=actor, reason=reason, now=now)
    return chain


@transaction.atomic
def edit_chain(*, actor: User, chain_id: int, changes: Mapping[str, Any], now: datetime, reason: str = "") -> Chain:
    """Locks the chain. Address, domain, currency and whether it is open are the house's to change, with a reason.

    Raises NotAllowedError, DomainError, ConflictError `taken`.
    """
    chain = Chain.objects.select_for_update().get(pk=chain_id)
    # Read behind the lock: the role may have been taken a moment ago.
    if not rules.may_manage_chain(actor, chain):
        raise NotAllowedError(_("This is for those who manage the chain."))
    before = chain.domain
    allowed = BY_HOUSE if rules.is_house_admin(actor) else BY_HOSTS
    if set(changes) - BY_HOSTS and allowed is BY_HOUSE:
        reason = clean_reason(reason)
    changed = write(chain, _without_blank_domain(changes), allowed=allowed)
    if changed:
        transaction.on_commit(partial(forget_brand, before, chain.domain))
        record(ChainChanged(chain_id=chain.pk, fields=changed, reason=reason.strip()), actor=actor, subject=chain)
    return chain


def _without_blank_domain(values: Mapping[str, Any]) -> dict[str, Any]:
    """No domain is None: of empty texts there could be but one. Names of hosts know no capitals."""
    given = dict(values)
    if "domain" in given:
        given["domain"] = (given["domain"] or "").strip().lower() or None
    return given


def _slugs() -> set[str]:
    return set(Chain.objects.values_list("slug", flat=True))
