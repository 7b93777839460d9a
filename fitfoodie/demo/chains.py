"""Two chains with their studios, staff and classes: six weeks back, six ahead."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from classes.enums import StaffRole
from classes.models import Chain, ClassType, Room, Series, Studio
from classes.services.chains import create_chain
from classes.services.places import create_class_type, create_room, create_studio
from classes.services.series import create_series, make_sessions
from classes.services.staff import grant_staff
from fitfoodie.demo import world
from fitfoodie.demo.past import as_of

People = Mapping[str, User]
BACK = AHEAD = timedelta(weeks=6)
_REASON = "Part of the demo world"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_POLICY = ("late_cancel_minutes", "grace_minutes", "no_show_fee")


def make_chains(people: People, *, now: datetime) -> list[Series]:
    """What is missing of them; the series of the timetable, new or not."""
    since = now - BACK
    chains = {row["slug"]: _make_chain(row, people, now=since) for row in world.chains()}
    studios = {row["name"]: _make_studio(row, chains[row["chain"]], people, now=since) for row in world.studios()}
    for row in world.chains():
        _make_staff(row, chains[row["slug"]], studios, people, now=since)
    kinds = {(row["chain"], row["title"]): _make_kind(row, chains, people, now=since) for row in world.class_types()}
    with as_of(since):
        made = [_make_series(row, studios, kinds, people, now=since) for row in world.series()]
        # Those of the past too: for the series it is six weeks ago.
        make_sessions(until=(now + AHEAD).date(), now=since)
    return made


def _make_chain(row: Mapping[str, Any], people: People, *, now: datetime) -> Chain:
    found = Chain.objects.filter(slug=row["slug"]).first()
    if found:
        return found
    about = {name: row[name] for name in ("name", "slug", "about", "email", "currency", "time_zone", "colour")}
    about |= {"domain": row.get("domain", "")} | _policy(row)
    return create_chain(actor=people["admin"], owner=people[row["owner"]], reason=_REASON, now=now, **about)


def _policy(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Decimal(row[name]) if name.endswith("_fee") else row[name] for name in _POLICY if name in row}


def _make_studio(row: Mapping[str, Any], chain: Chain, people: People, *, now: datetime) -> Studio:
    found = Studio.objects.in_chain(chain).filter(name=row["name"]).first()
    if found:
        return found
    about = {name: value for name, value in row.items() if name not in {"chain", "rooms"}}
    studio = create_studio(actor=people["admin"], chain_id=chain.pk, now=now, **about)
    for room in row["rooms"]:
        create_room(actor=people["admin"], studio_id=studio.pk, now=now, **room)
    return studio


def _make_staff(
    row: Mapping[str, Any], chain: Chain, studios: Mapping[str, Studio], people: People, *, now: datetime
) -> None:
    for member in row["staff"]:
        studio = studios[member["studio"]] if "studio" in member else None
        grant_staff(
            actor=people["admin"],
            chain_id=chain.pk,
            user=people[member["who"]],
            role=StaffRole(member["role"]),
            studio_id=studio.pk if studio else None,
            reason=_REASON,
            now=now,
        )


def _make_kind(row: Mapping[str, Any], chains: Mapping[str, Chain], people: People, *, now: datetime) -> ClassType:
    chain = chains[row["chain"]]
    found = ClassType.objects.in_chain(chain).filter(title=row["title"]).first()
    if found:
        return found
    about = {name: value for name, value in row.items() if name != "chain"}
    about["price"] = Decimal(row["price"]) if "price" in row else None
    return create_class_type(actor=people["admin"], chain_id=chain.pk, now=now, **about)


def _make_series(
    row: Mapping[str, Any],
    studios: Mapping[str, Studio],
    kinds: Mapping[tuple[str, str], ClassType],
    people: People,
    *,
    now: datetime,
) -> Series:
    studio = studios[row["studio"]]
    kind = kinds[studio.chain.slug, row["class_type"]]
    found = Series.objects.in_chain(studio.chain).filter(
        studio=studio, class_type=kind, starts_local__endswith=f"T{row['at']}"
    )
    known = found.first()
    if known:
        return known
    room = Room.objects.in_chain(studio.chain).filter(studio=studio, name=row.get("room")).first()
    return create_series(
        actor=None,
        class_type=kind,
        studio=studio,
        room=room,
        instructor=people[row["by"]],
        rule=f"FREQ=WEEKLY;BYDAY={','.join(row['days'])}",
        starts_local=_first(row, now.astimezone(ZoneInfo(studio.time_zone)).date()),
        minutes=kind.minutes,
        capacity=kind.capacity,
        now=now,
        skips_clashes=True,
    )


def _first(row: Mapping[str, Any], day: date) -> datetime:
    """The first of its days after `day`, at its time on the studio's clocks."""
    wanted = {_DAYS.index(name) for name in row["days"]}
    first = next(
        day + timedelta(days=ahead) for ahead in range(1, 8) if (day + timedelta(days=ahead)).weekday() in wanted
    )
    return datetime.fromisoformat(f"{first.isoformat()}T{row['at']}")
