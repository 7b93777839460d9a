from datetime import UTC, datetime

import time_machine

ADDRESS = "/.well-known/security.txt"


@time_machine.travel(datetime(2026, 11, 2, 9, 30, tzinfo=UTC), tick=False)
def test_security_txt_names_the_contact(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@eat.example.org"
    settings.SITE_URL = "https://eat.example.org"
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert response.content.decode().splitlines() == [
        "Contact: mailto:security@eat.example.org",
        "Expires: 2027-05-01T09:30:00Z",
        "Canonical: https://eat.example.org/.well-known/security.txt",
        "Preferred-Languages: en, de",
    ]


def test_security_txt_without_a_contact_does_not_exist(client, settings, db):
    settings.SECURITY_CONTACT = ""
    assert client.get(ADDRESS).status_code == 404


def test_security_txt_is_read_only(client):
    assert client.post(ADDRESS).status_code == 405
