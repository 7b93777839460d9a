import pytest


@pytest.mark.parametrize("page", ["terms", "privacy", "imprint", "guidelines"])
def test_legal_pages_are_there_and_linked(client, db, page):
    answer = client.get(f"/legal/{page}/")
    assert answer.status_code == 200
    assert f'href="/legal/{page}/"' in client.get("/legal/terms/").content.decode()


def test_imprint_names_the_operator(client, db, settings):
    assert "has not introduced themselves" in client.get("/legal/imprint/").content.decode()
    settings.OPERATOR_NAME = "Green Kitchen e.V."
    settings.OPERATOR_ADDRESS = "Marktgasse 1\n12345 Ulm"
    settings.OPERATOR_EMAIL = "hello@green.test"
    text = client.get("/legal/imprint/").content.decode()
    assert "Green Kitchen e.V." in text
    assert "Marktgasse 1<br>12345 Ulm" in text


def test_unknown_legal_page_is_a_404(client, db):
    assert client.get("/legal/secrets/").status_code == 404
