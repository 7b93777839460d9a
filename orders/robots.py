"""Whether a browser speaks for a person. The names of those that do not are in `data/bots.txt`."""

import re
from functools import cache
from pathlib import Path

# Every browser has called itself so since the nineties; what does not is a program.
_BROWSERS = ("Mozilla/", "Opera/")
# A maker of telephones whose name would be taken for a robot's.
_NOT_ROBOTS = re.compile(r"cubot", re.IGNORECASE)
MAX_USER_AGENT = 1000


@cache
def _named_robots() -> re.Pattern[str]:
    lines = (Path(__file__).parent / "data" / "bots.txt").read_text(encoding="utf-8").splitlines()
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return re.compile("|".join(map(re.escape, names)), re.IGNORECASE)


def is_robot(user_agent: str) -> bool:
    """True for whatever does not call itself a browser, nothing at all included."""
    told = user_agent[:MAX_USER_AGENT]
    if not told.startswith(_BROWSERS):
        return True
    return _named_robots().search(_NOT_ROBOTS.sub("", told)) is not None
