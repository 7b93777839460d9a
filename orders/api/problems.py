"""Refusals of carts and orders with their figures, so that an app can say what to do."""

from fitfoodie.common.api.exceptions import problem_of
from fitfoodie.common.api.problems import Problem, register_problem
from orders.api import shapes
from orders.errors import AllergyError, InsufficientStockError, PriceChangedError, UnavailableError

for _row in (
    ("unavailable", 409, "A line cannot be ordered", "Take the line named in `item` out of the cart."),
    ("insufficient_stock", 409, "Not enough portions are left", "Order `left` of the line named in `item`, or none."),
    ("price_changed", 409, "The total is another than the one shown", "Show `quote`, then place it with that total."),
    ("allergy_unconfirmed", 409, "A severe allergy is concerned", "Show `concerns`; name those accepted in the order."),
):
    register_problem(*_row)


@problem_of.register
def _(error: UnavailableError) -> Problem:
    return Problem(error.status, error.code, error.message, extra={"item": error.item, "title": error.title})


@problem_of.register
def _(error: InsufficientStockError) -> Problem:
    extra = {"item": error.item, "title": error.title, "left": error.left}
    return Problem(error.status, error.code, error.message, extra=extra)


@problem_of.register
def _(error: PriceChangedError) -> Problem:
    return Problem(error.status, error.code, error.message, extra={"quote": shapes.quote(error.quote)})


@problem_of.register
def _(error: AllergyError) -> Problem:
    concerns = [shapes.concern(each) for each in error.concerns]
    return Problem(error.status, error.code, error.message, extra={"concerns": concerns})
