"""Chains are tenants of one house. What belongs to a chain carries it, and is read in a scope that was named (TEN-1).

`Model.objects` refuses to run a query for which nobody said whose rows it may see. The scope is one of: a chain, the
staff of a chain, what everybody may see, a person's own rows, or, said aloud, all chains. Rows reached from an instance
(`studio.rooms.all()`) are within the scope of that instance.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

M = TypeVar("M", bound=models.Model)


_here: ContextVar[Callable[[], int | None] | None] = ContextVar("chain_here", default=None)


@contextmanager
def under_domain(find: Callable[[], int | None]) -> Iterator[None]:
    """While it lasts, what is open to all is what the chain that `find` names shows; it is asked when it is needed. On
    its own domain a chain never shows another, whichever page forgot to think of it (N125)."""
    token = _here.set(find)
    try:
        yield
    finally:
        _here.reset(token)


def chain_here() -> int | None:
    """The id of the chain whose domain was asked; None on the domain of the house, and outside of requests."""
    find = _here.get()
    return find() if find else None


class UnscopedQueryError(RuntimeError):
    """A statement that would have read or written the rows of every chain, and nobody said that it should."""


class TenantQuerySet(models.QuerySet[M]):
    """Chainable like any other; each of the scopes below makes it runnable."""

    is_scoped = False

    def _clone(self) -> Self:
        copy: Self = super()._clone()  # type: ignore[misc]  # untyped upstream
        copy.is_scoped = self.is_scoped
        return copy

    def scoped(self) -> Self:
        """For querysets of this app that narrow to a scope of their own; others name one of those below."""
        copy = self._clone()
        copy.is_scoped = True
        return copy

    def in_chain(self, chain: Any) -> Self:
        """Rows of one chain, given as row or id."""
        return self.filter(chain=chain).scoped()

    def of_staff(self, user: Any, roles: Any = None) -> Self:
        """Rows of the chains for which the person works now, in one of `roles` (all roles unless told)."""
        held = Q(staff__user_id=user.pk, staff__is_active=True)
        if roles is not None:
            held &= Q(staff__role__in=list(roles))
        chains: QuerySet[Any] = QuerySet(apps.get_model("classes", "Chain")).filter(held, is_active=True)
        return self.filter(chain__in=chains.values("pk")).scoped()

    def open_to_all(self) -> Self:
        """What anybody may read, of every chain that is open; under the domain of a chain of that chain alone."""
        rows = self.filter(chain__is_active=True).scoped()
        only = chain_here()
        return rows if only is None else rows.filter(chain=only)

    def of_person(self, user: Any, column: str = "user") -> Self:
        """The person's own rows, wherever they are a member (N125: one account, many chains)."""
        return self.filter(**{f"{column}_id": user.pk}).scoped()

    def across_chains(self) -> Self:
        """All rows of all chains: for sweeps, figures of the house and the back office of its administrators."""
        return self.scoped()

    def _need_scope(self) -> None:
        is_within = getattr(self, "_hints", {}).get("instance") is not None or self.query.is_empty()
        if not self.is_scoped and not is_within:
            raise UnscopedQueryError(
                f"Whose {self.model._meta.verbose_name_plural}? Name a scope: see classes/tenancy.py."
            )

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._need_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._need_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._need_scope()
        return super().count()

    def exists(self) -> bool:
        self._need_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._need_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._need_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._need_scope()
        return super().delete()


class TenantModel(models.Model):
    """A row of one chain. `objects` wants a scope; `everything` is for Django's own machinery alone."""

    chain = models.ForeignKey("classes.Chain", on_delete=models.PROTECT, related_name="+")

    everything = models.Manager()
    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True
        default_manager_name = "everything"
        base_manager_name = "everything"
