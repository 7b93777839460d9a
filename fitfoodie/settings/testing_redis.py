"""A Redis database for each process of a parallel run: each empties its own between two tests."""

import os
from urllib.parse import urlsplit, urlunsplit


def use_own_database() -> None:
    """Worker N of pytest-xdist takes the N-th database after the one that REDIS_URL names."""
    url = os.environ.get("REDIS_URL", "")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if url and worker:
        parts = urlsplit(url)
        number = int(parts.path.lstrip("/") or 0) + int(worker.removeprefix("gw"))
        os.environ["REDIS_URL"] = urlunsplit((parts.scheme, parts.netloc, f"/{number}", parts.query, ""))
