"""Sports as bits. A person's sports at one level are two integers, so that SQL can ask "any in common" of one row.

The positions are stored data: new sports are appended to `ORDER`, nothing in it ever moves.
"""

from collections.abc import Iterable, Mapping

ORDER: tuple[str, ...] = (
    "aerobics",
    "american_football",
    "aqua_fitness",
    "athletics",
    "badminton",
    "barre",
    "baseball",
    "basketball",
    "bootcamp",
    "bouldering",
    "boxing",
    "calisthenics",
    "canoeing",
    "circuit_training",
    "climbing",
    "core_training",
    "cricket",
    "cross_country_skiing",
    "cycling",
    "dance",
    "fencing",
    "field_hockey",
    "football",
    "functional_training",
    "golf",
    "gymnastics",
    "handball",
    "hiit",
    "hiking",
    "horse_riding",
    "ice_hockey",
    "ice_skating",
    "indoor_cycling",
    "inline_skating",
    "judo",
    "jujitsu",
    "karate",
    "kettlebells",
    "kickboxing",
    "mobility",
    "mountain_biking",
    "netball",
    "nordic_walking",
    "orienteering",
    "padel",
    "pickleball",
    "pilates",
    "powerlifting",
    "rowing",
    "rugby",
    "running",
    "sailing",
    "skateboarding",
    "skiing",
    "snowboarding",
    "squash",
    "strength_training",
    "surfing",
    "swimming",
    "table_tennis",
    "taekwondo",
    "tai_chi",
    "tennis",
    "trail_running",
    "triathlon",
    "volleyball",
    "walking",
    "weightlifting",
    "yoga",
)
PER_COLUMN = 35
# Where a row holds them: sports done at skill 1, 2 and 3, low and high.
COLUMNS = ("skill_1_low", "skill_1_high", "skill_2_low", "skill_2_high", "skill_3_low", "skill_3_high")
POSITION: dict[str, int] = {sport: index for index, sport in enumerate(ORDER)}


def pack(sports: Iterable[str]) -> tuple[int, int]:
    """The two integers, low and high. Raises KeyError for a sport that is not in `ORDER`."""
    low = high = 0
    for sport in sports:
        position = POSITION[sport]
        if position < PER_COLUMN:
            low |= 1 << position
        else:
            high |= 1 << (position - PER_COLUMN)
    return low, high


def at_skill(skills: Mapping[str, int], skill: int) -> tuple[int, int]:
    """Those that the person does at this level."""
    return pack(sport for sport, own in skills.items() if own == skill)
