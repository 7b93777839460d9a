"""An answer within the time there is: the model's, else the rules', else the nearest people (MAT-13)."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

import structlog

from matching.recommender.base import Candidates, Explanation, Recommender, Scores, Viewer, Weights
from matching.recommender.popular import PopularRecommender
from matching.recommender.rules import RuleRecommender

log = structlog.get_logger(__name__)
# Models that hang hold their threads: when this many do, nobody waits for another.
MAX_HANGING = 4
_slots = threading.BoundedSemaphore(MAX_HANGING)
RULES = RuleRecommender()
POPULAR = PopularRecommender()


@dataclass(frozen=True)
class Served:
    """`model` is what gave the numbers, with its version and the weights: it is stored with every impression (MAT-16).
    `rows` are those to show, the first first; `explanations` are theirs."""

    scores: Scores
    rows: list[int]
    explanations: list[Explanation]
    model: str
    is_fallback: bool


def best_come_first(order: list[int]) -> list[int]:
    return order


@dataclass(frozen=True)
class Question:
    """`arrange` may move people between the best and `limit`; it is given every row, the best first."""

    viewer: Viewer
    candidates: Candidates
    weights: Weights
    limit: int
    arrange: Callable[[list[int]], list[int]] = best_come_first


def serve(model: Recommender | None, question: Question, *, timeout_ms: int) -> Served:
    """Raises nothing that a model raises. None is a model that could not be had."""
    if isinstance(model, RuleRecommender) and model.name == RULES.name:
        return _by_rules(question, is_fallback=False)
    try:
        if model is not None:
            return _within(model, question, timeout_ms / 1000)
    except Exception as error:  # noqa: BLE001  whatever a model does wrong, people get their deck
        log.warning("matching.model.failed", model=model.name if model else "", error=repr(error))
    return _by_rules(question, is_fallback=True)


def _by_rules(question: Question, *, is_fallback: bool) -> Served:
    try:
        return answer(RULES, question, is_fallback=is_fallback)
    except Exception:
        log.exception("matching.rules.failed")
        return answer(POPULAR, question, is_fallback=True)


def answer(model: Recommender, question: Question, *, is_fallback: bool = False) -> Served:
    """Raises whatever the model raises."""
    viewer, candidates, weights = question.viewer, question.candidates, question.weights
    scores = model.recommend(viewer, candidates, weights, len(candidates))
    rows = question.arrange(scores.order.tolist())[: question.limit]
    explained = model.explain(viewer, candidates, weights, rows)
    return Served(scores, rows, explained, f"{model.name}-{model.version} {weights}"[:60], is_fallback)


def _within(model: Recommender, question: Question, seconds: float) -> Served:
    """In a thread of its own; nobody waits for it when time is up. Raises TimeoutError then, and when none is free."""
    slots = _slots
    if not slots.acquire(blocking=False):
        raise TimeoutError("Every model hangs.")
    future: Future[Served] = Future()

    def run() -> None:
        try:
            future.set_result(answer(model, question))
        except Exception as error:  # noqa: BLE001  handed to whoever waits
            future.set_exception(error)
        finally:
            slots.release()

    threading.Thread(target=run, name=f"match-model-{model.name}", daemon=True).start()
    return future.result(timeout=seconds)
