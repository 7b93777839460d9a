"""What became of each code, in words for the customer (W9)."""

from django.utils.translation import gettext as _

from fitfoodie.common.money import ZERO
from orders.pricing.conditions import Refusal
from orders.pricing.cutting import Tally, cut
from orders.pricing.shapes import CodeOutcome, Terms
from orders.pricing.words import money


def outcome(terms: Terms, refused: Refusal | None, best: Tally) -> CodeOutcome:
    """`best` is the combination that was chosen."""
    saved = best.saved.get(terms.key, ZERO)
    if refused is None and not saved:
        refused = _left_out(terms, best)
    if refused:
        return CodeOutcome(terms.key, terms.code, False, ZERO, refused.reason, refused.text, refused.missing)
    text = _("Saves you %(amount)s.") % {"amount": money(saved, best.basket.currency)}
    return CodeOutcome(terms.key, terms.code, True, saved, "applied", text)


def _left_out(terms: Terms, best: Tally) -> Refusal:
    """Passed its conditions, and still takes nothing off."""
    if terms not in best.codes:
        winner = next((other for other in best.codes if not other.is_stackable), None)
        if winner:
            return _beaten_by(winner, best)
        if not terms.is_stackable:
            return _beaten_together(terms, best)
    return Refusal("nothing_left_to_discount", _("There is nothing left for this code to take off."))


def _beaten_by(winner: Terms, best: Tally) -> Refusal:
    words = {"code": winner.code, "amount": money(best.saving, best.basket.currency)}
    text = _("%(code)s cannot be combined with other codes, and on its own saves you most: %(amount)s.")
    return Refusal("not_combinable", text % words)


def _beaten_together(terms: Terms, best: Tally) -> Refusal:
    alone = cut(best.basket, (terms,)).saving
    currency = best.basket.currency
    words = {"alone": money(alone, currency), "others": money(best.saving, currency)}
    text = _("Cannot be combined: on its own it saves %(alone)s, your other codes save %(others)s.")
    return Refusal("not_combinable", text % words)
