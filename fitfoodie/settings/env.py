"""The one reader of the environment."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
BOOLEANS = {*environ.Env.BOOLEAN_TRUE_STRINGS, "false", "off", "no", "n", "0", ""}


class Environment(environ.FileAwareEnv):
    """Values of a wrong kind become problems that a system check reports by name; the default stands in until then.

    A value may also come from a file: `SECRET_KEY_FILE=/run/secrets/key`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.problems: dict[str, str] = {}

    def get_value(self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, **options: Any) -> Any:
        try:
            if cast is bool:
                self._refuse_unless_boolean(var)
            return super().get_value(var, cast=cast, default=default, **options)
        except ValueError as error:
            self.problems[var] = str(error)
            return None if default is self.NOTSET else default

    def decimal(self, var: str, default: str) -> Decimal:
        return Decimal(self.get_value(var, cast=_decimal, default=Decimal(default)))

    def _refuse_unless_boolean(self, var: str) -> None:
        value = self.ENVIRON.get(var, "").strip().lower()
        if value not in BOOLEANS:
            raise ValueError(f"“{value}” is neither yes nor no: use 1 or 0")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{text}” is not a number: write it like 0.10") from None


env = Environment()
env.read_env(BASE_DIR / ".env", overwrite=False)
