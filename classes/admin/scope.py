"""Which rows of the chains the back office shows."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from classes.tenancy import chain_here


class AcrossChainsMixin:
    """The back office is the house's: its staff see every chain, said aloud. Asked under the domain of a chain it shows
    that chain alone (TEN-1). Hosts have /host/."""

    model: Any
    ordering: Any

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.across_chains().order_by(*self.ordering)
        only = chain_here()
        return rows if only is None else rows.filter(chain=only)
