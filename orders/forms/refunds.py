"""What the kitchen types to give money back. What may be given back is decided by the service, under lock."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fitfoodie.common.money import ZERO
from orders.models import Order, OrderLine


class RefundForm(forms.Form):
    """For each line portions or an amount, for delivery an amount; only what is left can be typed."""

    def __init__(self, *args: Any, order: Order, delivery_left: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in order.lines.all() if line.total > line.refunded]
        for line in self.lines:
            self._add_line(line)
        if delivery_left > 0:
            self.fields["delivery"] = _amount(_("Amount"), delivery_left)
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("Why?"),
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy("The customer reads it."),
        )

    def _add_line(self, line: OrderLine) -> None:
        portions = line.quantity - line.refunded_quantity
        if portions:
            self.fields[f"portions_{line.pk}"] = forms.IntegerField(
                label=_("Portions"),
                required=False,
                min_value=0,
                max_value=portions,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        self.fields[f"amount_{line.pk}"] = _amount(_("Amount"), left_of(line))

    def rows(self) -> Iterator[dict[str, Any]]:
        for line in self.lines:
            name = f"portions_{line.pk}"
            yield {
                "line": line,
                "left": left_of(line),
                "portions_left": line.quantity - line.refunded_quantity,
                "portions": self[name] if name in self.fields else None,
                "amount": self[f"amount_{line.pk}"],
            }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for line in self.lines:
            if given.get(f"portions_{line.pk}") and given.get(f"amount_{line.pk}"):
                self.add_error(f"amount_{line.pk}", _("Either portions or an amount."))
        if not self.errors and not self.parts() and not self.of_delivery():
            raise forms.ValidationError(_("Choose what to refund."))
        return given

    def parts(self) -> list[dict[str, Any]]:
        """As `refund_order` wants them."""
        return list(_parts(self.cleaned_data, self.lines))

    def of_delivery(self) -> Decimal:
        return self.cleaned_data.get("delivery") or ZERO


def left_of(line: OrderLine) -> Decimal:
    return Decimal(line.total) - Decimal(line.refunded)


def _parts(given: dict[str, Any], lines: Iterable[OrderLine]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if portions := given.get(f"portions_{line.pk}"):
            yield {"line": line.pk, "quantity": portions}
        elif amount := given.get(f"amount_{line.pk}"):
            yield {"line": line.pk, "amount": amount}


def _amount(label: str, left: Decimal) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=ZERO,
        max_value=left,
        max_digits=11,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )
