"""Reading the people of many notifications at once."""

from collections.abc import Callable, Sequence
from typing import Any

from accounts.models import User
from fitfoodie.notifications.models import Notification


def actors_of(notes: Sequence[Notification], reader: Any) -> dict[int, User]:
    """Those the reader may meet, by id; one query."""
    wanted = {note.actor_id for note in notes if note.actor_id is not None}
    return {person.pk: person for person in User.objects.there_for(reader).filter(pk__in=wanted)}


def ids_in(notes: Sequence[Notification], key: str) -> set[int]:
    return {int(note.event.data[key]) for note in notes if note.event.data.get(key) is not None}


def of_actor(say: Callable[[User, Notification], Any]) -> Callable[[Sequence[Notification], Any], dict[int, Any]]:
    """Words that need the person it comes from and nothing else."""

    def tell(notes: Sequence[Notification], reader: Any) -> dict[int, Any]:
        people = actors_of(notes, reader)
        return {note.pk: say(people[note.actor_id], note) for note in notes if note.actor_id in people}

    return tell
