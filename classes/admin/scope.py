"""Which rows of the chains the back office shows."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest


class AcrossChainsMixin:
    """The back office is the house's: its staff see every chain, said aloud, under any domain. Hosts have /host/."""

    model: Any
    ordering: Any

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.across_chains().order_by(*self.ordering)
        return rows
