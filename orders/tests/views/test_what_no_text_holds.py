"""NUL, which no browser types and PostgreSQL refuses, is answered like any other wrong word."""

import pytest
from django.test import Client

NUL = "a\x00b"


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/cart/add", "meal"),
        ("/cart/add", "via"),
        ("/cart/", "slot"),
        ("/cart/", "fulfilment"),
        ("/cart/codes/use", "code"),
    ],
)
def test_nul_is_a_wrong_word(kim, lentils, address, field):
    client = Client()
    client.force_login(kim)
    client.post("/cart/add", {"meal": lentils.slug})
    answer = client.post(address, {"meal": lentils.slug, field: NUL})
    assert answer.status_code in (302, 400, 404)
