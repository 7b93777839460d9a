"""German, where Django's own differs from what we show; and the patterns that templates write, as German has them.

Django looks a pattern up here by its own text before it takes it as it stands, as it does with DATE_FORMAT: the English
pattern is the name. A pattern that is not listed reads the same in both languages.
"""

DATETIME_FORMAT = "j. F Y, H:i"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"

PATTERNS = {
    "D j M": "D, j. N",
    "D j M, H:i": "D, j. N, H:i",
    "D j M Y, H:i": "D, j. N Y, H:i",
    "j M": "j. N",
    "j M Y": "j. N Y",
    "j M, H:i": "j. N, H:i",
    "j F": "j. F",
    "j F, H:i": "j. F, H:i",
    "j F Y": "j. F Y",
    "l j F": "l, j. F",
    "l j F, H:i": "l, j. F, H:i",
    "l, j F Y, H:i": "l, j. F Y, H:i",
    "l j F Y": "l, j. F Y",
}
globals().update(PATTERNS)
