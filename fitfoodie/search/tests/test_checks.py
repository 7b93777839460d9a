import pytest

from fitfoodie.search.checks import check_engine
from fitfoodie.search.engines.tables import Tables


def ids():
    return [message.id for message in check_engine(None)]


def test_default_is_fine(settings):
    settings.SEARCH_ENGINE = "database"
    assert ids() == []


def test_unknown_engine_is_refused(settings):
    settings.SEARCH_ENGINE = "solr"
    assert ids() == ["search.E001"]


@pytest.mark.parametrize("url", ["", "search.example:9200", "ftp://search.example", "http://", "http://host:99999"])
def test_elasticsearch_without_a_usable_address_is_refused(settings, url):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = url
    assert ids() == ["search.E002"]


def test_elasticsearch_with_an_address_is_fine(settings):
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = "https://user:password@search.example:9200"
    assert ids() == []


def test_database_without_search_is_refused(settings, monkeypatch):
    monkeypatch.setattr("fitfoodie.search.checks.connection", type("Other", (), {"vendor": "mysql"}))
    assert ids() == ["search.E003"]


@pytest.mark.parametrize("name", ["", "Meals", "meals; DROP TABLE", "1st", "x" * 40])
def test_names_that_do_not_belong_in_sql_are_refused(name):
    with pytest.raises(ValueError, match="cannot name a search index"):
        Tables(name)
