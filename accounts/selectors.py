from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts import people_policy, rules
from accounts.cities import countries
from accounts.enums import Level, Visibility
from accounts.models import DataExport, FormerHandle, Profile, User, avatar_address
from accounts.sports import Sport
from fitfoodie.common.dietary import Allergen, Diet

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class ProfileView:
    """What one viewer sees of a person. A field that they may not see is empty, exactly as if it were never filled."""

    handle: str
    name: str
    is_verified: bool
    member_since: int
    photo: Any = None
    bio: str = ""
    city: str = ""
    country: str = ""
    links: list[str] = field(default_factory=list)
    diets: list[str] = field(default_factory=list)
    allergies: list[str] = field(default_factory=list)
    severe_allergies: list[str] = field(default_factory=list)
    sports: list[str] = field(default_factory=list)
    level: str = ""
    is_private: bool = False
    # False: a private profile that shows this viewer its name and photo alone.
    is_open: bool = True

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.city, countries().get(self.country, "")) if part)

    @property
    def diet_labels(self) -> list[str]:
        return [str(Diet(value).label) for value in self.diets]

    @property
    def allergy_labels(self) -> list[tuple[str, bool]]:
        """Each with whether it is severe."""
        return [(str(Allergen(value).label), value in self.severe_allergies) for value in self.allergies]

    @property
    def sport_labels(self) -> list[str]:
        return [str(Sport(value).label) for value in self.sports if value in Sport.values]

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label) if self.level else ""


# What each choice of visibility covers: columns of the profile.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "photo": ("photo",),
    "bio": ("bio",),
    "links": ("links",),
    "city": ("city", "country"),
    "sports": ("sports",),
    "level": ("level",),
    "diets": ("diets",),
    "allergies": ("allergies", "severe_allergies"),
}


def profile_view(person: User, *, is_member: bool, is_owner: bool, is_let_in: bool = False) -> ProfileView:
    """What a stranger, a member or the owner sees; `person` with its profile selected costs no query.

    Without `is_let_in` a private profile is its name and photo.
    """
    profile = person.profile
    is_open = is_owner or is_let_in or not profile.is_private
    shown = {
        column: _value(profile, column)
        for name, columns in _COLUMNS.items()
        if (is_open or name == "photo")
        and rules.sees(rules.visibility_of(name, profile.visibility), is_member=is_member, is_owner=is_owner)
        for column in columns
    }
    return ProfileView(
        handle=person.handle,
        name=person.name,
        is_verified=profile.is_verified,
        member_since=person.joined_at.year,
        is_private=profile.is_private,
        is_open=is_open,
        **shown,
    )


def profile_seen_by(person: User, viewer: User | AnonymousUser) -> ProfileView:
    return profile_view(
        person,
        is_member=viewer.is_authenticated,
        is_owner=viewer.pk == person.pk,
        is_let_in=people_policy.is_let_in(person, viewer),
    )


def find_person(handle: str, *, viewer: User | AnonymousUser) -> User:
    """The person of a handle, or of one they gave up: compare `handle` to know whether to redirect.

    Raises Http404 for whoever is not there for the viewer: unknown, deactivated, leaving and blocked, either way, look
    alike (SEC-9).
    """
    people = User.objects.there_for(viewer).select_related("profile__photo", "preferences")
    wanted = handle.lower()
    person = people.filter(handle=wanted).first()
    if person is None:
        former = FormerHandle.objects.filter(handle=wanted).values("user_id")
        person = people.filter(pk__in=former).first()
    if person is None:
        raise Http404("No such person.")
    return person


def is_handle_taken(handle: str, *, by_other_than: User) -> bool:
    """Whether somebody else has or had it.

    People are asked first: whoever gives a handle up writes its history in the same transaction, so a handle that is
    free by then is found in the history.
    """
    return (
        User.objects.filter(handle__iexact=handle).exclude(pk=by_other_than.pk).exists()
        or FormerHandle.objects.filter(handle__iexact=handle).exclude(user=by_other_than).exists()
    )


def has_verified_email(person: User) -> bool:
    return bool(EmailAddress.objects.filter(user=person, verified=True, primary=True).exists())


def photo_address(profile: Profile) -> str | None:
    return (profile.photo.address or None) if profile.photo else None


def public_avatar(name: str | None, width: int | None, visibility: dict[str, str] | None) -> str | None:
    """The small photo beside a name, for lists that anyone may read: only of those who show it to everyone.

    Takes the columns of `ProfilePhoto` and `Profile`, so that lists may ask for them with `values()`.
    """
    if not name or not width or rules.visibility_of("photo", visibility or {}) != Visibility.EVERYONE:
        return None
    return avatar_address(name, width)


def public_avatar_of(person: "User") -> str | None:
    """The same for a person read with `profile__photo`."""
    profile: Profile | None = getattr(person, "profile", None)
    photo = profile.photo if profile else None
    return public_avatar(photo.name, photo.width, profile.visibility) if photo and profile else None


def visibility_matrix(profile: Profile) -> dict[str, Visibility]:
    return {name: rules.visibility_of(name, profile.visibility) for name in rules.DEFAULT_VISIBILITY}


def latest_export(person: "User") -> DataExport | None:
    """The newest download of the person's data, with its job."""
    return DataExport.objects.filter(user=person).select_related("job").order_by("-id").first()


def _value(profile: Profile, column: str) -> Any:
    if column == "photo":
        return photo_address(profile)
    value = getattr(profile, column)
    return _sorted(value) if isinstance(value, frozenset) else value


def _sorted(values: "Iterable[str]") -> list[str]:
    return sorted(values)
