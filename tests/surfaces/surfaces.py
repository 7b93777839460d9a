"""Every place that shows people or what they made. A new one is one line here, and is walked through every state.

Three kinds of things stand on a surface:
  PERSON   who somebody is: gone when blocked, suspended or leaving; a private profile is still met
  WORD     what somebody said on the page of somebody else: as PERSON
  PUBLIC   what they made, in lists of everybody: of private people for nobody
  WORK     what they made, on its own page or theirs: of private people for accepted followers too
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.surfaces.world import World

PERSON, WORD, PUBLIC, WORK = "person", "word", "public", "work"
EVERYBODY, MEMBERS = True, False
MARK = "Saffron"  # in the title of all that the author makes; nobody else uses the word


@dataclass(frozen=True)
class Surface:
    """`address(world)` is asked with GET; `mark(world)` stands in the answer when the thing is shown.

    A 404 shows nothing. `open_to_visitors`: else a sign-in is asked for, and visitors are left out.
    """

    name: str
    kind: str
    address: Callable[[World], str]
    mark: Callable[[World], str] = lambda world: MARK
    open_to_visitors: bool = EVERYBODY


def _at(address: str) -> Callable[[World], str]:
    return lambda world: address.format(
        meal=world.meal.slug,
        shared=world.shared_meal.slug,
        shared_id=world.shared_meal.public_id,
        comment=world.comment.public_id,
        host=world.host.handle,
    )


def _name(world: World) -> str:
    return world.author.name


SURFACES = [
    # People
    Surface("profile", PERSON, _at("/@author"), _name),
    Surface("profile, API", PERSON, _at("/api/v1/users/author"), _name),
    Surface("followers of somebody", PERSON, _at("/@{host}/followers/"), _name),
    Surface("followers of somebody, API", PERSON, _at("/api/v1/users/{host}/followers"), _name),
    Surface("whom somebody follows", PERSON, _at("/@{host}/following/"), _name),
    Surface("whom somebody follows, API", PERSON, _at("/api/v1/users/{host}/following"), _name),
    Surface("creators on home", PUBLIC, _at("/"), lambda world: '<div class="person-detail">2 meals'),
    # Words
    Surface("reviews on a page", WORD, _at("/meals/{shared}/"), lambda world: world.review.text),
    Surface("reviews, API", WORD, _at("/api/v1/meals/{shared}/reviews"), lambda world: world.review.text),
    Surface("comments on a page", WORD, _at("/meals/{shared}/"), lambda world: world.comment.text),
    Surface("comments", WORD, _at("/reactions/meals.meal/{shared_id}/comments/"), lambda world: world.comment.text),
    Surface("comments, API", WORD, _at("/api/v1/meals/{shared}/comments"), lambda world: world.comment.text),
    Surface("comment", WORD, _at("/comments/{comment}/"), lambda world: world.comment.text),
    Surface("replies, API", WORD, _at("/api/v1/comments/{comment}/replies"), lambda world: '"results"'),
    Surface("mention on a page", PERSON, _at("/meals/{shared}/"), lambda world: 'class="mention" href="/@author"'),
    Surface("mention, API", PERSON, _at("/api/v1/meals/{shared}/comments"), lambda world: '"text":"@author"'),
    Surface("likes", PERSON, _at("/reactions/meals.meal/{shared_id}/likes/"), _name),
    Surface("likes, API", PERSON, _at("/api/v1/meals/{shared}/likes"), _name),
    # Lists of everybody's meals
    Surface("rails of home", PUBLIC, _at("/"), lambda world: "Saffron buns"),  # nobody saved these
    Surface("saved, on home", WORK, _at("/"), lambda world: "Saffron stew", open_to_visitors=MEMBERS),
    Surface("discover", PUBLIC, _at("/meals/")),
    Surface("search", PUBLIC, _at("/meals/?q=stew")),
    Surface("by creator", PUBLIC, _at("/meals/?creator=author")),
    Surface("by tag", PUBLIC, _at("/meals/?tag=gold")),
    Surface("facet of creators", PUBLIC, _at("/meals/"), lambda world: "creator=author"),
    Surface("similar meals", PUBLIC, _at("/meals/{shared}/")),
    Surface("meals, API", PUBLIC, _at("/api/v1/meals")),
    Surface("search, API", PUBLIC, _at("/api/v1/meals?q=stew")),
    Surface("by creator, API", PUBLIC, _at("/api/v1/meals?creator=author")),
    Surface("suggestions, API", PUBLIC, _at("/api/v1/meals/suggest?q=saff")),
    Surface("facets, API", PUBLIC, _at("/api/v1/meals/facets"), lambda world: '"author"'),
    # Their own pages
    Surface("page of a meal", WORK, _at("/meals/{meal}/")),
    Surface("printed meal", WORK, _at("/meals/{meal}/print/")),
    Surface("history of a meal", WORK, _at("/meals/{meal}/history/")),
    Surface("plate of a meal", WORK, _at("/meals/{meal}/cover.svg"), lambda world: "<svg"),
    Surface("meal, API", WORK, _at("/api/v1/meals/{meal}")),
    Surface("reviews of a meal, API", WORK, _at("/api/v1/meals/{meal}/reviews"), lambda world: '"results"'),
    Surface("comments of a meal, API", WORK, _at("/api/v1/meals/{meal}/comments"), lambda world: '"results"'),
    Surface("likes of a meal, API", WORK, _at("/api/v1/meals/{meal}/likes"), lambda world: '"results"'),
    Surface("meals on a profile", WORK, _at("/@author")),
    Surface("saved meals", WORK, _at("/meals/saved/"), open_to_visitors=MEMBERS),
    Surface("saved meals, API", WORK, _at("/api/v1/me/saved-meals"), open_to_visitors=MEMBERS),
]
# The same for every viewer, so asked as a visitor alone.
FOR_MACHINES = [Surface("sitemap", PUBLIC, _at("/sitemap-meals.xml"), lambda world: world.meal.slug)]
