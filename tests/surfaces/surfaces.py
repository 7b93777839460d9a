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
VIEWERS = ("visitor", "member", "follower")
MEMBERS, MEMBER, FOLLOWER = VIEWERS[1:], ("member",), ("follower",)
MARK = "Saffron"  # in the title of all that the author makes; nobody else uses the word


@dataclass(frozen=True)
class Surface:
    """`address(world)` is asked with GET; `mark(world)` stands in the answer when the thing is shown.

    What is not there (404, 410) and what says nothing (204) shows nothing. `viewers` are those to whom it is shown at
    first: others are asked to sign in, or have nothing of the author there. `is_tied`: it rests on something between
    the two that a block ends for good.
    """

    name: str
    kind: str
    address: Callable[[World], str]
    mark: Callable[[World], str] = lambda world: MARK
    viewers: tuple[str, ...] = VIEWERS
    is_tied: bool = False


def _at(address: str) -> Callable[[World], str]:
    return lambda world: address.format(
        meal=world.meal.slug,
        shared=world.shared_meal.slug,
        shared_id=world.shared_meal.public_id,
        comment=world.comment.public_id,
        host=world.host.handle,
        author_id=world.author.pk,
        post=world.post.public_id,
        shelf=world.collection.slug,
        share=world.share_token,
        meal_id=world.meal.public_id,
        link=world.link.code,
        chain=world.training.taught.chain.slug,
        studio=world.training.taught.studio.slug,
        taught=world.training.taught.public_id,
        booked=world.training.booked.public_id,
        together=world.training.shared.public_id,
        over=world.training.over.public_id,
        taught_over=world.training.taught_over.public_id,
        outing=world.training.outing.public_id,
        match=world.training.match.public_id,
    )


def _name(world: World) -> str:
    return world.author.name


def _class(world: World) -> str:
    return world.training.taught.public_id


def _to_rate(world: World) -> str:
    return f" · {world.author.name}"


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
    Surface("saved, on home", WORK, _at("/"), lambda world: "Saffron stew", viewers=MEMBERS),
    Surface("discover", PUBLIC, _at("/meals/")),
    Surface("search", PUBLIC, _at("/meals/?q=stew")),
    Surface("by creator", PUBLIC, _at("/meals/?creator=author")),
    Surface("by tag", PUBLIC, _at("/meals/?tag=gold")),
    Surface("facet of creators", PUBLIC, _at("/meals/"), lambda world: "creator=author"),
    Surface("similar meals", PUBLIC, _at("/meals/{shared}/")),
    Surface("meals, API", PUBLIC, _at("/api/v1/meals")),
    Surface("search, API", PUBLIC, _at("/api/v1/meals?q=stew")),
    Surface("meals in the one search", PUBLIC, _at("/search/?q=stew")),
    Surface("meals in the one search, API", PUBLIC, _at("/api/v1/search?q=stew")),
    Surface("classes of a teacher in the one search", PERSON, _at("/search/?q=xanthippe"), _class),
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
    Surface("saved meals", WORK, _at("/meals/saved/"), viewers=MEMBERS),
    Surface("saved meals, API", WORK, _at("/api/v1/me/saved-meals"), viewers=MEMBERS),
    # Shared by address, printed, drawn
    Surface("draft at a secret address", PERSON, _at("/s/{share}")),
    Surface("plate at a secret address", PERSON, _at("/s/{share}/cover.svg"), lambda world: "<svg"),
    Surface("form of a review", WORK, _at("/meals/{meal}/review"), viewers=MEMBERS),
    # Posts, collections, the directory
    Surface("page of a post", WORK, _at("/posts/{post}/")),
    Surface("posts on a profile", WORK, _at("/@author"), lambda world: world.post.text),
    Surface("posts of a creator", WORK, _at("/@author/posts/"), lambda world: world.post.text),
    Surface("posts of a creator, API", WORK, _at("/api/v1/influencers/author/posts")),
    Surface("post, API", WORK, _at("/api/v1/influencers/author/posts/{post}")),
    Surface("collection", WORK, _at("/@author/collections/{shelf}/")),
    Surface("collections on a profile", WORK, _at("/@author"), lambda world: world.collection.title),
    Surface("codes on a profile", WORK, _at("/@author"), lambda world: "SAFFRON10"),
    Surface("directory", PERSON, _at("/creators/"), _name),
    Surface("directory, by name", PERSON, _at("/creators/?q=xan"), _name),
    Surface("directory, API", PERSON, _at("/api/v1/influencers"), _name),
    Surface("page of a creator, API", PERSON, _at("/api/v1/influencers/author"), _name),
    Surface("similar to what a link led to", PUBLIC, _at("/r/{link}/similar/")),
    # The feed
    Surface("feed of followed people", WORK, _at("/feed/"), viewers=FOLLOWER, is_tied=True),
    Surface("feed for you", WORK, _at("/feed/?kind=for-you"), viewers=FOLLOWER, is_tied=True),
    Surface("feed of everybody", PUBLIC, _at("/feed/?kind=for-you"), viewers=MEMBER),
    Surface("reviews in the feed", WORK, _at("/feed/?kind=for-you"), lambda world: world.review.text, viewers=MEMBERS),
    Surface("feed, API", WORK, _at("/api/v1/feed"), viewers=FOLLOWER, is_tied=True),
    Surface("feed for you, API", PUBLIC, _at("/api/v1/feed?kind=for-you"), viewers=MEMBER),
    # One's own people
    Surface("my friends", PERSON, _at("/people/"), _name, viewers=MEMBERS, is_tied=True),
    Surface("whom I follow", PERSON, _at("/people/?tab=following"), _name, viewers=FOLLOWER, is_tied=True),
    Surface("who asks to follow me", PERSON, _at("/people/?tab=requests"), _name, viewers=MEMBERS, is_tied=True),
    Surface("my friends, API", PERSON, _at("/api/v1/me/connections"), _name, viewers=MEMBERS, is_tied=True),
    Surface("requests, API", PERSON, _at("/api/v1/me/follow-requests"), _name, viewers=MEMBERS, is_tied=True),
    Surface("notifications", PERSON, _at("/notifications/"), _name, viewers=MEMBERS),
    Surface("notifications, API", PERSON, _at("/api/v1/notifications"), _name, viewers=MEMBERS),
    Surface("form of a report", PERSON, _at("/report/?type=person&id=author"), _name),
    # Searches that somebody keeps
    Surface("new meals of a saved search", PUBLIC, _at("/saved-searches/"), lambda world: "2 new", viewers=MEMBER),
    Surface("new classes of a saved search", PERSON, _at("/saved-searches/"), lambda world: "2 new", viewers=FOLLOWER),
    # Classes: who teaches. The class itself stays
    Surface("teacher in the timetable", PERSON, _at("/classes/"), _name),
    Surface("classes of a teacher", PERSON, _at("/classes/?instructor=author"), _class),
    Surface("classes by name of the teacher", PERSON, _at("/classes/?q=xanthippe"), _class),
    Surface("teacher on the page of a class", PERSON, _at("/classes/{taught}/"), _name),
    Surface("teacher at other times of a class", PERSON, _at("/classes/{over}/"), _name),
    Surface("teacher in a calendar file", PERSON, _at("/classes/{taught}/calendar.ics"), _name),
    Surface("teacher in one's calendar", PERSON, _at("/calendar/of-member.ics"), _name, viewers=MEMBER),
    Surface("teacher on the page of a chain", PERSON, _at("/chains/{chain}/"), _name),
    Surface("teacher on the page of a studio", PERSON, _at("/chains/{chain}/{studio}/"), _name),
    Surface("classes on a profile", WORK, _at("/@author"), _class),
    Surface("teacher in classes for you", PERSON, _at("/for-you/classes/"), _name, viewers=MEMBERS),
    Surface("teacher of a class one rates", PERSON, _at("/classes/{taught_over}/rate/"), _name, viewers=MEMBERS),
    Surface("teacher of classes to rate", PERSON, _at("/my/classes/history/"), _to_rate, viewers=MEMBERS),
    Surface("teacher in the timetable, API", PERSON, _at("/api/v1/classes"), _name),
    Surface("classes of a teacher, API", PERSON, _at("/api/v1/classes?instructor=author"), _class),
    Surface("classes by name of the teacher, misspelt", PERSON, _at("/classes/?q=xantippe"), _class),
    Surface("classes by name of the teacher, API", PERSON, _at("/api/v1/classes?q=xanthippe"), _class),
    Surface("teacher of a class, API", PERSON, _at("/api/v1/classes/{taught}"), _name),
    # Classes: who comes
    Surface("people in a class", PERSON, _at("/classes/{together}/people/"), _name, viewers=MEMBERS),
    Surface("people in a class, API", PERSON, _at("/api/v1/classes/{together}/attendance"), _name, viewers=MEMBERS),
    Surface("ratings of a class, API", WORD, _at("/api/v1/classes/{over}/ratings"), lambda world: "Warm room."),
    Surface("partners of a class", PERSON, _at("/classes/{over}/partners/"), _name, viewers=MEMBERS),
    Surface("words of partners", WORD, _at("/my/classes/history/"), lambda world: "Steady pace.", viewers=MEMBERS),
    Surface("friends to go with", PERSON, _at("/classes/{together}/together/"), _name, viewers=MEMBERS, is_tied=True),
    Surface(
        "friends to hand a seat", PERSON, _at("/classes/{together}/hand-on/"), _name, viewers=MEMBERS, is_tied=True
    ),
    Surface("seats handed to me", PERSON, _at("/my/classes/"), _name, viewers=MEMBERS),
    Surface("seats handed to me, API", PERSON, _at("/api/v1/hand-ons"), _name, viewers=MEMBERS),
    Surface("outing", PERSON, _at("/outings/{outing}/"), _name, viewers=MEMBERS),
    Surface("outing, API", PERSON, _at("/api/v1/outings/{outing}"), _name, viewers=MEMBERS),
    Surface("words with an outing", WORD, _at("/outings/{outing}/"), lambda world: "Bring water.", viewers=MEMBERS),
    Surface("words with outings, API", WORD, _at("/api/v1/outings"), lambda world: "Bring water.", viewers=MEMBERS),
    Surface("outings, API", PERSON, _at("/api/v1/outings"), _name, viewers=MEMBERS),
    # Partners. News is told once, by whichever page is opened first
    Surface("news of a match", PERSON, _at("/partners/news/"), _name, viewers=FOLLOWER, is_tied=True),
    Surface("deck", PERSON, _at("/partners/"), _name, viewers=MEMBER),
    Surface("deck, API", PERSON, _at("/api/v1/matches/partners"), _name, viewers=MEMBER),
    Surface("who super-likes me", PERSON, _at("/partners/likes/"), _name, viewers=MEMBER),
    Surface("who super-likes me, API", PERSON, _at("/api/v1/matches/likes"), _name, viewers=MEMBER),
    Surface("matches", PERSON, _at("/partners/matches/"), _name, viewers=FOLLOWER, is_tied=True),
    Surface("matches, API", PERSON, _at("/api/v1/matches/mutual"), _name, viewers=FOLLOWER, is_tied=True),
    Surface("match", PERSON, _at("/partners/matches/{match}/"), _name, viewers=FOLLOWER, is_tied=True),
    Surface("match, API", PERSON, _at("/api/v1/matches/mutual/{match}"), _name, viewers=FOLLOWER, is_tied=True),
    Surface(
        "what a pair could do, API",
        PERSON,
        _at("/api/v1/matches/mutual/{match}/together"),
        _name,
        viewers=FOLLOWER,
        is_tied=True,
    ),
    Surface("classes for a pair", PERSON, _at("/for-you/classes/?with=author"), _name, viewers=MEMBERS, is_tied=True),
    Surface(
        "classes for a pair, API",
        PERSON,
        _at("/api/v1/matches/classes?with=author"),
        lambda world: '"results"',
        viewers=MEMBERS,
        is_tied=True,
    ),
]
# The same for every viewer, so asked as a visitor alone: shared caches may keep it.
FOR_MACHINES = [
    Surface("sitemap", PUBLIC, _at("/sitemap-meals.xml"), lambda world: world.meal.slug),
    Surface("sitemap of posts", PUBLIC, _at("/sitemap-posts.xml"), lambda world: world.post.public_id),
    Surface("code of a meal", PUBLIC, _at("/reactions/meals.meal/{meal_id}/qr.svg"), lambda world: "<svg"),
    Surface("card of a meal", PUBLIC, _at("/reactions/meals.meal/{meal_id}/card.png"), lambda world: "PNG"),
]
