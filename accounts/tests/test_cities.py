from accounts import cities


def test_suggest_knows_names_in_any_script_and_without_accents():
    assert [city.label for city in cities.suggest("munch", limit=1)] == ["Munich, Germany"]
    assert [city.label for city in cities.suggest("北京")] == ["Beijing, China"]
    assert cities.suggest("san francisco")[0].label == "San Francisco, United States"


def test_suggest_narrows_by_country():
    assert {city.country for city in cities.suggest("vienna, united")} == {"US"}
    assert cities.suggest("graz, at")[0].time_zone == "Europe/Vienna"


def test_suggest_of_nothing_is_nothing():
    assert cities.suggest("  ") == []
    assert cities.suggest("zzzzzz") == []


def test_find_takes_the_largest_of_a_name():
    assert cities.find("Vienna").country == "AT"
    assert cities.find("Vienna, US").country == "US"
    assert cities.find("Vienna, United States").country == "US"
    assert cities.find("Nowhere at all") is None
    assert cities.find("") is None
