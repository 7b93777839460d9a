"""The deck walks the spatial index: with a plan from PostgreSQL, not a guess."""

import random

import pytest
from django.db import connection

from accounts.models import User
from fitfoodie.common.geo import Point
from matching.models import FitnessProfile
from matching.policy import asker_of
from matching.selectors.candidates import candidate_columns, candidates_for, statement_for, told
from matching.tests.factories import NOW, ZURICH, make_fitness, make_user

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the index is PostGIS's"),
]
PEOPLE = 2000


def around(draw):
    return Point(ZURICH.latitude + draw.uniform(-3, 3), ZURICH.longitude + draw.uniform(-3, 3))


@pytest.fixture
def viewer():
    return make_fitness(make_user("viewer"))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"gender": "woman"},
        {"gender": "man", "same_gender_only": True},
        {"same_gender_only": True},
        {"level_gap": 0},
    ],
)
def test_the_statement_kept_for_all_answers_each_as_one_of_their_own_would(viewer, fields):
    """Somebody of another form was asked for before, and others of the same form after."""
    for number, gender in enumerate(("", "woman", "man")):
        make_fitness(make_user(f"near_{number}"), gender=gender, skills={"running": 2 + number % 2, "yoga": 1})
    own = make_fitness(make_user("asks"), **fields)
    others = [viewer, make_fitness(make_user("asks_too"), **fields), own]
    for asker in (asker_of(each, NOW) for each in others):
        assert statement_for(asker).stored(**told(asker)) == list(candidate_columns(asker)[:500])
    assert statement_for(asker_of(others[1], NOW)) is statement_for(asker_of(own, NOW))


def test_the_deck_reads_the_index_of_those_who_are_in_decks(viewer):
    pattern = make_fitness(make_user("pattern"))
    users = User.objects.bulk_create(
        User(email=f"p{n}@example.test", handle=f"p{n}", name=f"P {n}") for n in range(PEOPLE)
    )
    draw = random.Random(3)
    rows = []
    for user in users:
        point = around(draw)
        row = FitnessProfile(user=user, skills=pattern.skills, born_on=pattern.born_on, is_ready=True)
        row.latitude, row.longitude = row.cell_latitude, row.cell_longitude = point.latitude, point.longitude
        row.skill_2_low, row.skill_2_high = pattern.skill_2_low, pattern.skill_2_high
        rows.append(row)
    FitnessProfile.objects.bulk_create(rows)
    asker = asker_of(viewer, NOW)
    statement = statement_for(asker)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE matching_fitnessprofile")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement.sql}", statement.values(**told(asker)))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "matching_profile_deck" in plan
    assert "Seq Scan on matching_fitnessprofile" not in plan
    assert candidates_for(viewer, now=NOW)[0].user_id == pattern.user_id
