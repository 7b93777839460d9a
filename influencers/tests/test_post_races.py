"""Many at once, with real threads and real transactions on PostgreSQL."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from fitfoodie.common.errors import StaleVersionError
from fitfoodie.events.models import Event
from influencers.content import PostContent
from influencers.models import Post
from influencers.services import post_life as life
from influencers.services.posts import edit_post
from influencers.tests.factories_posts import make_post
from meals.tests.factories import NOW, make_creator
from meals.tests.test_races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite runs one writer at a time"),
]


def test_two_workers_that_were_down_publish_each_due_post_once():
    ada = make_creator("ada")
    for number in range(6):
        post = make_post(ada, f"Due {number}")
        life.schedule_post(post_id=post.pk, actor=ada, at=NOW + timedelta(minutes=1), now=NOW)
    results = at_once([partial(life.publish_due_posts, now=NOW + timedelta(hours=9))] * 4)
    assert sum(results) == 6
    assert Post.objects.filter(status="published").count() == 6
    assert Event.objects.filter(name="influencers.post.published").count() == 6


def test_of_parallel_edits_one_wins_and_the_others_are_told():
    ada = make_creator("ada")
    post = make_post(ada)
    edit = partial(edit_post, post_id=post.pk, editor=ada, expected_version=1, now=NOW)
    results = at_once([partial(edit, content=PostContent(text=f"Text {number}")) for number in range(8)])
    refused = [result for result in results if isinstance(result, StaleVersionError)]
    assert (len(refused), {error.current for error in refused}) == (7, {2})
