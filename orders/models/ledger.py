"""Double entry: every movement of money is two or more entries that sum to zero. Rows are only ever added."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.enums import Account, MovementKind
from orders.models.order import Order


class Movement(models.Model):
    """One thing that happened to money. `key` makes it happen once, whoever retries (AFF-8)."""

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=MovementKind.choices)
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="movements")
    currency = models.CharField(_("currency"), max_length=3)
    note = models.CharField(_("note"), max_length=300, blank=True)
    booked_at = models.DateTimeField(_("booked"))

    class Meta:
        verbose_name = _("movement of money")
        verbose_name_plural = _("movements of money")
        indexes = [models.Index(fields=["booked_at"], name="orders_movement_booked")]

    def __str__(self) -> str:
        return self.key

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The ledger is never shortened: book the reverse.")


class Entry(models.Model):
    """Debit is positive, credit negative. `party` is whom the account is kept for: the creator of a payable."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(_("account"), max_length=20, choices=Account.choices)
    party = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="ledger_entries"
    )
    amount = models.DecimalField(_("amount"), max_digits=11, decimal_places=2)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="orders_entry_not_zero")]
        indexes = [models.Index(fields=["account", "party"], name="orders_entry_account")]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The ledger is never shortened: book the reverse.")


class LedgerReport(models.Model):
    """What the verifier found one night; the health page shows the last."""

    checked_at = models.DateTimeField(_("checked"))
    movement_count = models.PositiveIntegerField(_("movements"))
    problems = models.JSONField(_("what is wrong"), default=list)

    class Meta:
        verbose_name = _("check of the ledger")
        verbose_name_plural = _("checks of the ledger")
        indexes = [models.Index(fields=["-checked_at"], name="orders_ledgerreport_checked")]

    def __str__(self) -> str:
        return f"{self.checked_at:%Y-%m-%d %H:%M}: {len(self.problems)}"
