"""Names of an index's tables, and the statements that every database understands."""

import re
from dataclasses import dataclass

_SAFE_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")


@dataclass(frozen=True)
class Tables:
    """Four tables of one index. The names go into SQL as they are, so they are checked here."""

    index_name: str
    suffix: str = ""

    def __post_init__(self) -> None:
        if not _SAFE_NAME.fullmatch(self.index_name):
            raise ValueError(f"“{self.index_name}” cannot name a search index: use a-z, 0-9 and _.")

    @property
    def beside(self) -> "Tables":
        """Where a rebuild writes until it is swapped in."""
        return Tables(self.index_name, "_next")

    @property
    def text(self) -> str:
        return f"search_{self.index_name}{self.suffix}"

    @property
    def documents(self) -> str:
        return f"search_{self.index_name}_document{self.suffix}"

    @property
    def words(self) -> str:
        return f"search_{self.index_name}_word{self.suffix}"

    @property
    def names(self) -> str:
        return f"search_{self.index_name}_name{self.suffix}"

    @property
    def all(self) -> tuple[str, str, str, str]:
        return self.text, self.documents, self.words, self.names
