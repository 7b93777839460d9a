"""`/healthz` says the process is up, `/readyz` that it can do its work, `/metrics` how it has been doing."""

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from health_check.base import HealthCheck, HealthCheckResult
from health_check.exceptions import ServiceWarning


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: touches nothing, so that a sick database does not get every process restarted."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every dependency answers, else 503. Strangers see states; staff and the metrics token see why."""
    is_trusted = _is_trusted(request)
    results = run_checks(
        _checks(settings.HEALTH_CHECKS) + (_checks(settings.HEALTH_CHECKS_STAFF) if is_trusted else [])
    )
    is_ready = not any(_is_down(result) for result in results)
    body: dict[str, Any] = {
        "status": "ok" if is_ready else "unavailable",
        "checks": {_name(r): _state(r) for r in results},
    }
    if is_trusted:
        body["details"] = {_name(result): _detail(result) for result in results}
    return JsonResponse(body, status=200 if is_ready else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text for the holder of METRICS_TOKEN and for staff; for everyone else it does not exist."""
    if not _is_trusted(request):
        raise Http404
    exported: HttpResponse = ExportToDjangoView(request)
    return exported


def _checks(paths: Sequence[str]) -> list[type[HealthCheck]]:
    return [import_string(path) for path in paths]


def run_checks(checks: Sequence[type[HealthCheck]]) -> list[HealthCheckResult]:
    """All side by side, each within its own time limit."""

    async def gather() -> list[HealthCheckResult]:
        return await asyncio.gather(*(_Closing(check()).get_result() for check in checks))

    return asyncio.run(gather())


class _Closing(HealthCheck):
    """Runs a check in a thread of the pool and gives that thread's database connection back."""

    def __init__(self, check: HealthCheck) -> None:
        self.check = check
        self.name = check.name

    def run(self) -> None:
        try:
            self.check.run()
        finally:
            connections.close_all()


def _is_trusted(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return True
    # Reading the session asks the database, which may be the very thing that is down.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    try:
        return bool(request.user.is_staff)
    except Exception:  # noqa: BLE001  whatever breaks here, the answer for a stranger is still right
        return False


def _name(result: HealthCheckResult) -> Any:
    return result.check.name


def _is_down(result: HealthCheckResult) -> bool:
    return result.error is not None and not isinstance(result.error, ServiceWarning)


def _state(result: HealthCheckResult) -> str:
    if _is_down(result):
        return "down"
    return "warning" if result.error else "ok"


def _detail(result: HealthCheckResult) -> dict[str, Any]:
    return {"message": str(result.error or ""), "milliseconds": round(result.time_taken * 1000, 1)}
