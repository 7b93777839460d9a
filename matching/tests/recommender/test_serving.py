"""MAT-13: whatever a model does, there is an answer, in time, and it says whose it is."""

import threading
import time
from dataclasses import replace

import pytest

from matching.recommender import serving
from matching.recommender.learned import LearnedRecommender
from matching.recommender.popular import PopularRecommender
from matching.recommender.rules import RuleRecommender
from matching.recommender.serving import RULES, Question, serve
from matching.tests.recommender.crowd import WEIGHTS, crowd, viewer_in

TIMEOUT_MS = 50


class Hanging(PopularRecommender):
    """Answers when it is let go."""

    name = "hanging"

    def __init__(self) -> None:
        self.gate = threading.Event()

    def recommend(self, *args, **kwargs):
        self.gate.wait(10)
        return super().recommend(*args, **kwargs)


class Broken(PopularRecommender):
    name = "broken"

    def recommend(self, *args, **kwargs):
        raise RuntimeError("no such file")


class Speechless(PopularRecommender):
    name = "speechless"

    def explain(self, *args, **kwargs):
        raise KeyError("yoga")


@pytest.fixture
def question() -> Question:
    people = crowd(100)
    return Question(viewer_in(people), people, WEIGHTS, 20)


@pytest.fixture
def hanging():
    model = Hanging()
    yield model
    model.gate.set()


def by_rules(question: Question) -> list[int]:
    return RuleRecommender().recommend(question.viewer, question.candidates, question.weights, 20).order.tolist()


def test_the_rules_answer_as_themselves(question):
    served = serve(RuleRecommender(), question, timeout_ms=TIMEOUT_MS)
    assert (served.model, served.is_fallback) == ("rules-1 20/25/20/25/10", False)
    assert served.rows == by_rules(question)
    assert len(served.explanations) == 20


def test_a_model_that_answers_in_time_is_served(question):
    served = serve(LearnedRecommender(), question, timeout_ms=5_000)
    assert (served.model, served.is_fallback) == ("learned-1-0-0.0.0.0.0 20/25/20/25/10", False)


@pytest.mark.parametrize("model", [Broken(), Speechless(), None], ids=["raises", "raises later", "missing"])
def test_without_a_model_the_rules_answer_at_once(model, question):
    serve(RuleRecommender(), question, timeout_ms=TIMEOUT_MS)
    began = time.perf_counter()
    served = serve(model, question, timeout_ms=TIMEOUT_MS)
    assert time.perf_counter() - began < 0.1
    assert (served.model, served.is_fallback) == ("rules-1 20/25/20/25/10", True)
    assert served.rows == by_rules(question)


def test_a_model_that_hangs_is_left_when_its_time_is_up(question, hanging):
    began = time.perf_counter()
    served = serve(hanging, question, timeout_ms=TIMEOUT_MS)
    assert time.perf_counter() - began < (TIMEOUT_MS + 100) / 1000
    assert served.is_fallback
    assert served.rows == by_rules(question)


def test_when_every_model_hangs_nobody_waits(question, hanging, monkeypatch):
    monkeypatch.setattr(serving, "_slots", threading.BoundedSemaphore(1))
    assert serve(hanging, question, timeout_ms=10).is_fallback
    began = time.perf_counter()
    assert serve(hanging, question, timeout_ms=10_000).is_fallback
    assert time.perf_counter() - began < 0.1


def test_a_slot_is_free_again_when_the_model_came_back(question, hanging, monkeypatch):
    slots = threading.BoundedSemaphore(1)
    monkeypatch.setattr(serving, "_slots", slots)
    serve(hanging, question, timeout_ms=10)
    hanging.gate.set()
    assert slots.acquire(timeout=5)


def test_when_even_the_rules_fail_the_nearest_are_shown(question, monkeypatch):
    class NoRules(RuleRecommender):
        def recommend(self, *args, **kwargs):
            raise ZeroDivisionError

    monkeypatch.setattr(serving, "RULES", NoRules())
    served = serve(NoRules(), question, timeout_ms=TIMEOUT_MS)
    assert (served.model, served.is_fallback) == ("popular-1 20/25/20/25/10", True)


def test_who_is_shown_may_be_arranged(question):
    arranged = serve(RULES, replace(question, arrange=lambda order: order[::-1]), timeout_ms=TIMEOUT_MS)
    straight = serve(RULES, replace(question, limit=100), timeout_ms=TIMEOUT_MS)
    assert arranged.rows == straight.rows[::-1][:20]
    assert arranged.explanations == straight.explanations[::-1][:20]
