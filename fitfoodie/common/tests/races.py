"""Many calls side by side, with real threads and real transactions, on PostgreSQL."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from fitfoodie.common.errors import DomainError


def at_once(
    calls: Iterable[Callable[[], Any]], *, refusals: tuple[type[Exception], ...] = (DomainError,), threads: int = 20
) -> list[Any]:
    """The results, or the refusals, of all calls, in the order of the calls. Each thread closes its connections."""

    def run(call: Callable[[], Any]) -> Any:
        try:
            return call()
        except refusals as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(run, calls))
