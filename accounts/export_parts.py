"""What other apps add to the download of one's own data. They register here when the apps are ready; this app knows
none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Document:
    """`<name>.json` in the download. `rows` is the same for people: columns by label, one mapping a row."""

    name: str
    title: str
    data: Any
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class MediaFile:
    """`path` is where the file lies in the download, without its ending: what it is, its first bytes say.

    `open` raises OSError when the storage has lost it.
    """

    path: str
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class ExportPart:
    """Both callables are given the person and hand out what is theirs, never what others wrote (GDP-1)."""

    name: str
    documents: "Callable[[User], Iterable[Document]]"
    media: "Callable[[User], Iterable[MediaFile]]"
    position: int = 100


_parts: dict[str, ExportPart] = {}


def register(part: ExportPart) -> None:
    """Raises ValueError for a name that is there: one of the two would silently be missing."""
    if part.name in _parts:
        raise ValueError(f"The export part {part.name} is registered twice.")
    _parts[part.name] = part


def export_parts() -> list[ExportPart]:
    return sorted(_parts.values(), key=lambda part: (part.position, part.name))
