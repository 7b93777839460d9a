import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from accounts.enums import Role
from accounts.models import Preferences, Profile, User
from accounts.roles import opens_back_office

PASSWORD = "plates-and-kettlebells"


class ProfileFactory(DjangoModelFactory):
    class Meta:
        model = Profile

    user = factory.SubFactory("accounts.tests.factories.UserFactory", profile=None)


class PreferencesFactory(DjangoModelFactory):
    class Meta:
        model = Preferences

    user = factory.SubFactory("accounts.tests.factories.UserFactory", preferences=None)


class UserFactory(DjangoModelFactory):
    """A member with profile, preferences and a verified e-mail. `roles=[Role.CREATOR]` adds roles."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    handle = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.LazyAttribute(lambda person: f"{person.handle}@example.com")
    profile = factory.RelatedFactory(ProfileFactory, factory_related_name="user")
    preferences = factory.RelatedFactory(PreferencesFactory, factory_related_name="user")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        self.set_password(extracted or PASSWORD)
        self.save(update_fields=["password"])

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=extracted is not False)

    @factory.post_generation
    def roles_held(self, create, extracted, **kwargs):
        roles = [Role(role) for role in extracted or ()]
        self.groups.set(Group.objects.filter(name__in=roles))
        self.is_staff = opens_back_office(roles)
        self.save(update_fields=["is_staff"])
