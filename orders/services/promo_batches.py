"""Sets of single-use codes, made at once and handed out one by one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fitfoodie.common.errors import DomainError, NotAllowedError
from fitfoodie.events.services import record
from orders import rules
from orders.models import PromoBatch, PromoCode
from orders.pricing.content import CHANGEABLE, CodeContent
from orders.pricing.spelling import GENERATED_LENGTH, MAX_LENGTH, generated, is_well_written, normalized
from orders.promo_events import PromoBatchGenerated
from orders.services.promo_codes import cleaned_for

MAX_BATCH = 5000


@transaction.atomic
def generate_batch(
    *, name: str, size: int, content: CodeContent, actor: User, now: datetime, prefix: str = "", reason: str = ""
) -> PromoBatch:
    """`size` codes that nobody can guess, each for one use, alike in all but the code. `content.code` is not used.

    Staff only. Raises NotAllowedError, DomainError, CodeContentError.
    """
    if not rules.is_promo_staff(actor):
        raise NotAllowedError(_("Only staff generate sets of codes."))
    start = _clean_prefix(prefix)
    if not 1 <= size <= MAX_BATCH:
        raise DomainError(_("Give a number from 1 to %(most)d.") % {"most": MAX_BATCH}, code="size", field="size")
    kept = cleaned_for(replace(content, code=generated(), limit=1, is_public=False), actor)
    batch = PromoBatch.objects.create(name=name.strip()[:120] or str(now.date()), size=size, created_by=actor)
    _write(batch, kept, start)
    payload = PromoBatchGenerated(
        batch_id=batch.pk,
        size=size,
        kind=str(kept.kind),
        funder=str(kept.funder),
        creator_id=kept.creator_id,
        reason=reason,
    )
    record(payload, actor=actor, subject=batch)
    return batch


def batch_rows(batch: PromoBatch) -> Iterator[tuple[str, str, str]]:
    """Code, what it is for, whether it is used: the file that is handed to whoever prints the cards."""
    yield str(_("Code")), str(_("What it is for")), str(_("Used"))
    for code, label, taken in batch.codes.order_by("pk").values_list("code", "label", "taken").iterator():
        yield code, label, str(_("yes") if taken else _("no"))


def _clean_prefix(prefix: str) -> str:
    start = normalized(prefix)
    if start and (not is_well_written(start) or len(start) > MAX_LENGTH - GENERATED_LENGTH - 1):
        raise DomainError(_("Use 3 to 27 letters, digits, dashes or underscores."), code="prefix", field="prefix")
    return start


def _write(batch: PromoBatch, content: CodeContent, prefix: str) -> None:
    alike = {name: getattr(content, name) for name in CHANGEABLE - {"meal_ids", "tag_ids", "limit"}}
    fixed = {"kind": content.kind, "currency": content.currency, "creator_id": content.creator_id, "capacity": 1}
    codes = {generated(prefix) for _number in range(batch.size)}
    while len(codes) < batch.size:  # two alike of so many: once in a very long while
        codes.add(generated(prefix))
    made = PromoCode.objects.bulk_create(
        [PromoCode(code=code, batch=batch, **fixed, **alike) for code in sorted(codes)], batch_size=500
    )
    _link(PromoCode.meals.through, "meal_id", made, content.meal_ids)
    _link(PromoCode.tags.through, "tag_id", made, content.tag_ids)


def _link(through: type, column: str, codes: list[PromoCode], ids: frozenset[int]) -> None:
    rows = [through(promocode_id=promo.pk, **{column: pk}) for promo in codes for pk in sorted(ids)]
    through.objects.bulk_create(rows, batch_size=500)  # type: ignore[attr-defined]  # a model, which its type hides
