"""What the graph adds to a person in the API."""

from typing import Any

from accounts.profile_facts import ProfileFacts
from social.api import shapes
from social.api.serializers import PersonTotalsSerializer, RelationSerializer
from social.selectors.people import relation, totals_of


def _fields() -> dict[str, Any]:
    return {"counts": PersonTotalsSerializer(), "relation": RelationSerializer()}


def _values(person: Any, viewer: Any) -> dict[str, Any]:
    return {"counts": shapes.totals(totals_of(person)), "relation": shapes.relation(relation(viewer, person))}


FACTS = ProfileFacts("social", _fields, _values)
