"""Whatever is sent, no operation answers with a 500 or outside its description (API-12).

FUZZ_EXAMPLES sets how many requests each operation gets; the seed is fixed, so that a failure stays one.
"""

import json
import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from drf_spectacular.settings import spectacular_settings
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fitfoodie.common.api.rendering import dumps
from fitfoodie.wsgi import application
from tests.contracts.conftest import access_token, make_world

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "8"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def _described():
    document = spectacular_settings.DEFAULT_GENERATOR_CLASS().get_schema(request=None, public=True)
    schema = schemathesis.openapi.from_dict(json.loads(dumps(document)))
    schema.app = application
    return schema


API = _described()


@pytest.fixture(autouse=True)
def _connection_stays():
    """The server closes what it thinks are its own connections; here they are the test's (as Django's client does)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    """A world for all operations, in a transaction that is rolled back: making it takes longer than the requests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(standing, _no_limits, django_db_blocker):
    """What one operation did to it is undone before the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield standing
        transaction.set_rollback(True)


@pytest.fixture
def aimed(world):
    """What stands in the path half of the time: things that exist, so that more than 404 is tried."""
    return {"slug": "theirs", "handle": "ada", "review_id": world.review.public_id, "photo_id": world.photo.public_id}


@API.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_operation_answers_as_described(case, world, aimed):
    for name in case.path_parameters or {}:
        if name in aimed and len(str(case.path_parameters[name])) % 2:
            case.path_parameters[name] = aimed[name]
    who = world.admin if case.path.endswith("roles") else world.ada
    headers = {"Authorization": f"Bearer {access_token(who)}"} if len(str(case.query)) % 3 else {}
    response = case.call(headers=headers)
    case.validate_response(response, checks=CHECKS)
