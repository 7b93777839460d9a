"""Every example of the reference is carried out, and its answer held against the declared form (F32)."""

import jsonschema
import pytest
import time_machine
from rest_framework.test import APIClient

from classes.tests.factories import NOW
from fitfoodie.common.api.rendering import dumps
from tests.contracts.conftest import access_token

# operation: who asks, and what stands in the path
CASES = {
    "affiliate_links_change": ("ada", {"code": "soup"}),
    "affiliate_links_create": ("ada", {}),
    "cart_codes_apply": ("ada", {}),
    "cart_items_add": ("ada", {}),
    "cart_items_change": ("ada", {}),
    "cart_change": ("ada", {}),
    "change_me": ("ada", {}),
    "comments_edit": ("ada", {}),
    "comments_hide": ("admin", {}),
    "change_privacy": ("ada", {}),
    "grant_role": ("admin", {"handle": "sam"}),
    "meals_comments_create": ("ada", {"slug": "theirs"}),
    "meals_comments_limit": ("ben", {"slug": "theirs"}),
    "influencers_bulk": ("ada", {}),
    "influencers_collections_create": ("ada", {}),
    "influencers_collections_change": ("ada", {"slug": "shelf"}),
    "influencers_verification_appeal": ("ben", {}),
    "influencers_me_change": ("ada", {}),
    "influencers_me_cover_describe": ("ada", {}),
    "influencers_verification_apply": ("ada", {}),
    "meals_create": ("ada", {}),
    "meals_import": ("ada", {}),
    "meals_edit": ("ada", {"slug": "mine"}),
    "meals_share": ("ada", {"slug": "theirs"}),
    "meals_share_links_create": ("ada", {"slug": "mine"}),
    "meals_transition": ("ada", {"slug": "mine"}),
    "orders_cancel": ("ada", {}),
    "orders_pay": ("ada", {}),
    "orders_place": ("sam", {}),
    "orders_refund": ("admin", {}),
    "orders_reorder": ("ada", {}),
    "orders_transition": ("ben", {}),
    "payouts_request": ("ada", {}),
    "post_photos_change": ("ada", {"handle": "ada"}),
    "post_photos_order": ("ada", {"handle": "ada"}),
    "posts_create": ("ada", {"handle": "ada"}),
    "posts_edit": ("ada", {"handle": "ada"}),
    "posts_transition": ("ada", {"handle": "ada"}),
    "promo_codes_change": ("ada", {"code": "PAUSED10"}),
    "promo_codes_create": ("ada", {}),
    "photos_order": ("ada", {"slug": "mine"}),
    "photos_change": ("ada", {"slug": "mine", "photo_id": "0123456789ab"}),
    "reports_create": ("ada", {}),
    "reviews_create": ("ada", {"slug": "theirs"}),
    "reviews_edit": ("ada", {"slug": "theirs"}),
    "start_export": ("ada", {}),
    "notifications_read": ("ada", {}),
    "act_on_partner": ("ada", {}),
    "change_match_preferences": ("sam", {}),
    "classes_check_in": ("ben", {}),
    "classes_create": ("ben", {}),
    "classes_hide_me": ("ada", {}),
    "classes_rate": ("ada", {}),
    "classes_rating_edit": ("ada", {}),
    "classes_seat_accept": ("ada", {}),
    "classes_seat_decline": ("ada", {}),
    "classes_seat_hand_on": ("ada", {}),
    "classes_seat_join": ("ada", {}),
    "classes_update": ("ben", {}),
    "grant_chain_role": ("ben", {}),
    "hand_ons_answer": ("ada", {}),
    "host_class_types_change": ("ben", {}),
    "host_class_types_create": ("ben", {}),
    "host_rooms_change": ("ben", {}),
    "host_rooms_create": ("ben", {}),
    "host_studios_change": ("ben", {}),
    "host_studios_create": ("ben", {}),
    "me_attendance_dispute": ("ada", {}),
    "outings_answer": ("ada", {}),
    "outings_propose": ("ada", {}),
    "saved_searches_create": ("ada", {}),
    "saved_searches_edit": ("ada", {}),
    "series_create": ("ben", {}),
    "undo_partner_action": ("ada", {}),
    "chat_settings_change": ("ada", {}),
    "conversations_mark_read": ("ada", {}),
    "conversations_open": ("ada", {}),
    "messages_edit": ("ada", {}),
    "messages_send": ("ada", {}),
}


@pytest.fixture(autouse=True)
def _on_the_day_of_the_examples():
    """They name dates, and those must be to come."""
    with time_machine.travel(NOW, tick=True):
        yield


def _examples(document):
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            for name, example in content.get("examples", {}).items():
                yield operation["operationId"], verb, path, operation, name, example["value"]


def addressed(world, operation_id, name, path):
    """Who asks, and where."""
    who, values = CASES[operation_id]
    made = world.paths.get((operation_id, name), world.paths.get(operation_id, {}))
    given = {"review_id": world.review.public_id, "public_id": world.comment.public_id} | values | made
    return who, path.format(**given)


def test_every_example_succeeds_as_declared(world, document):
    done = set()
    for operation_id, verb, path, operation, name, body in _examples(document):
        who, url = addressed(world, operation_id, name, path)
        client = APIClient(headers={"Authorization": f"Bearer {access_token(getattr(world, who))}", "If-Match": "*"})
        response = client.generic(verb.upper(), url, dumps(body), content_type="application/json")
        declared = str(response.status_code)
        assert declared in operation["responses"], (operation_id, name, response.content)
        assert declared < "300", (operation_id, name, response.content)
        _hold_against(document, operation["responses"][declared], response)
        done.add(operation_id)
    assert done == set(CASES)


@pytest.mark.parametrize(
    "path", ["/api/v1/meals", "/api/v1/meals/theirs", "/api/v1/meals/theirs/reviews", "/api/v1/me"]
)
def test_what_is_read_has_the_declared_form(world, document, path):
    template = path.replace("theirs", "{slug}")
    response = APIClient(headers={"Authorization": f"Bearer {access_token(world.ada)}"}).get(path)
    assert response.status_code == 200
    _hold_against(document, document["paths"][template]["get"]["responses"]["200"], response)


def test_a_job_and_its_download_have_the_declared_form(world, document, django_capture_on_commit_callbacks):
    client = APIClient(headers={"Authorization": f"Bearer {access_token(world.ada)}"})
    with django_capture_on_commit_callbacks(execute=True):
        started = client.post("/api/v1/me/export", {}).json()
    asked = {
        ("/api/v1/me/export", "get"): "200",
        ("/api/v1/jobs/{job_id}", "get"): "200",
        ("/api/v1/jobs/{job_id}", "delete"): "202",
    }
    for (path, verb), status in asked.items():
        response = client.generic(verb.upper(), path.format(job_id=started["id"]))
        assert str(response.status_code) == status
        _hold_against(document, document["paths"][path][verb]["responses"][status], response)


def _hold_against(document, declared, response):
    if "content" not in declared:
        assert response.content == b""
        return
    schema = declared["content"]["application/json"]["schema"]
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": document["components"], **schema}
    jsonschema.validate(response.json(), whole, format_checker=jsonschema.FormatChecker())
