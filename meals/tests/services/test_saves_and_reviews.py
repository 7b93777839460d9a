from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from fitfoodie.common.errors import DomainError, NotAllowedError
from meals import services
from meals.models import Meal, Review, SavedMeal
from meals.tests.factories import NOW, make_meal, make_moderator, make_user


@pytest.fixture
def soup(ada):
    return make_meal(ada, publish=True)


def fresh(meal):
    return Meal.objects.get(pk=meal.pk)


def test_save_twice_counts_once(soup, sam):
    assert [services.save_meal(meal_id=soup.pk, user=sam) for _ in range(2)] == [True, False]
    assert (fresh(soup).save_count, SavedMeal.objects.count()) == (1, 1)


def test_unsave_twice_counts_once(soup, sam):
    services.save_meal(meal_id=soup.pk, user=sam)
    assert [services.unsave_meal(meal_id=soup.pk, user=sam) for _ in range(2)] == [True, False]
    assert fresh(soup).save_count == 0


def test_save_of_a_hidden_meal_finds_nothing(ada, sam):
    with pytest.raises(Meal.DoesNotExist):
        services.save_meal(meal_id=make_meal(ada).pk, user=sam)


def test_save_by_nobody_is_refused(soup):
    with pytest.raises(NotAllowedError):
        services.save_meal(meal_id=soup.pk, user=AnonymousUser())


def write(meal, author, rating, text=""):
    return services.write_review(meal_id=meal.pk, author=author, rating=rating, text=text, now=NOW)


def test_average_is_of_all_shown_reviews(soup, sam, ben):
    write(soup, sam, 5)
    write(soup, ben, 4)
    write(soup, make_user("zoe"), 4)
    assert (fresh(soup).rating_average, fresh(soup).rating_count) == (Decimal("4.33"), 3)


def test_second_review_replaces_the_first(soup, sam):
    write(soup, sam, 1, "Bland.")
    write(soup, sam, 5, "Better with salt.")
    assert list(Review.objects.values_list("rating", "text")) == [(5, "Better with salt.")]
    assert fresh(soup).rating_average == 5


def test_own_meal_cannot_be_reviewed(soup, ada):
    with pytest.raises(NotAllowedError) as caught:
        write(soup, ada, 5)
    assert caught.value.code == "own_meal"


@pytest.mark.parametrize("rating", [0, 6, True, "5"])
def test_rating_out_of_range_names_the_field(soup, sam, rating):
    with pytest.raises(DomainError) as caught:
        write(soup, sam, rating)
    assert caught.value.field == "rating"


def test_long_text_names_the_field(soup, sam):
    with pytest.raises(DomainError) as caught:
        write(soup, sam, 5, "x" * 2001)
    assert caught.value.field == "text"


def test_deleted_review_leaves_the_average(soup, sam):
    write(soup, sam, 5)
    assert [services.delete_review(meal_id=soup.pk, author=sam) for _ in range(2)] == [True, False]
    assert (fresh(soup).rating_average, fresh(soup).rating_count) == (None, 0)


def test_hidden_review_leaves_the_average_and_comes_back(soup, sam, ben):
    moderator = make_moderator("mod")
    bad = write(soup, sam, 1, "Spam")
    write(soup, ben, 5)
    services.hide_review(review_id=bad.pk, actor=moderator, reason="Spam", now=NOW)
    assert (fresh(soup).rating_average, fresh(soup).rating_count) == (5, 1)
    services.show_review(review_id=bad.pk, actor=moderator, reason="Appeal")
    assert (fresh(soup).rating_average, fresh(soup).rating_count) == (3, 2)


def test_hiding_needs_the_permission_and_a_reason(soup, sam, ben):
    review = write(soup, sam, 1)
    with pytest.raises(NotAllowedError):
        services.hide_review(review_id=review.pk, actor=ben, reason="Mine is better", now=NOW)
    with pytest.raises(DomainError) as caught:
        services.hide_review(review_id=review.pk, actor=make_moderator("mod"), reason=" ", now=NOW)
    assert caught.value.field == "reason"
    assert Review.objects.get(pk=review.pk).hidden_at is None


def test_review_waits_until_the_address_is_verified(soup):
    """F2: whoever has not proved an address may look, but puts nothing before others."""
    newcomer = make_user("newcomer", verified=False)
    with pytest.raises(NotAllowedError) as refused:
        services.write_review(meal_id=soup.pk, author=newcomer, rating=1, text="Buy pills", now=NOW)
    assert refused.value.code == "email_unverified"
    assert (Review.objects.count(), fresh(soup).rating_count) == (0, 0)
