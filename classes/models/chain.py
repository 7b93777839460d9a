"""Who runs what: a chain, its people, its studios and their rooms."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.validators import validate_country, validate_time_zone
from classes.enums import StaffRole
from classes.tenancy import TenantModel
from fitfoodie.common.ids import new_public_id
from fitfoodie.common.models import TimestampedModel


class PolicyColumns(models.Model):
    """What a level of the house decides about bookings; empty is decided one level up (`classes.policies`)."""

    late_cancel_minutes = models.PositiveIntegerField(_("late cancellation window, minutes"), null=True, blank=True)
    grace_minutes = models.PositiveIntegerField(_("free cancellation after booking, minutes"), null=True, blank=True)
    offer_minutes = models.PositiveIntegerField(
        _("an offered seat stands for, minutes"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    waitlist_closes_minutes = models.PositiveIntegerField(_("waitlist closes before, minutes"), null=True, blank=True)
    booking_opens_days = models.PositiveIntegerField(_("booking opens before, days"), null=True, blank=True)
    booking_closes_minutes = models.PositiveIntegerField(_("booking closes before, minutes"), null=True, blank=True)
    min_participants = models.PositiveIntegerField(_("takes place from, people"), null=True, blank=True)
    decides_minutes = models.PositiveIntegerField(_("decided before, minutes"), null=True, blank=True)
    guaranteed_closes_minutes = models.PositiveIntegerField(
        _("booking of a guaranteed class closes before, minutes"), null=True, blank=True
    )
    late_cancel_fee = models.DecimalField(
        _("fee for cancelling late"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    no_show_fee = models.DecimalField(
        _("fee for not coming"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    check_in_opens_minutes = models.PositiveIntegerField(_("check-in opens before, minutes"), null=True, blank=True)
    is_open_claim = models.BooleanField(_("late seats go to whoever of the line clicks first"), null=True, blank=True)
    leaves_clashing_waitlists = models.BooleanField(
        _("a seat ends waiting for classes at the same time"), null=True, blank=True
    )

    class Meta:
        abstract = True


class Chain(PolicyColumns, TimestampedModel):
    """A business with one or more studios: the tenant."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    currency = models.CharField(_("currency"), max_length=3, default=settings.DEFAULT_CURRENCY)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    # The brand: on its own domain the site carries its name and colour and shows its studios alone.
    colour = models.CharField(
        _("colour"), max_length=7, blank=True, validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$", _("As #1F6B45."))]
    )
    domain = models.CharField(_("domain"), max_length=253, null=True, blank=True, unique=True)
    is_active = models.BooleanField(_("open"), default=True)

    class Meta:
        verbose_name = _("chain")
        verbose_name_plural = _("chains")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("classes:chain", kwargs={"chain": self.slug})


class ChainStaff(TenantModel):
    """Somebody's role in one chain; with a studio, in that studio alone. Read on each request (N30)."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chain_roles")
    role = models.CharField(_("role"), max_length=12, choices=StaffRole.choices)
    studio = models.ForeignKey("classes.Studio", null=True, blank=True, on_delete=models.CASCADE, related_name="staff")
    is_active = models.BooleanField(_("active"), default=True)
    since = models.DateTimeField(_("since"))

    class Meta(TenantModel.Meta):
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "user", "role", "studio"],
                condition=Q(studio__isnull=False),
                name="classes_chainstaff_once_in_studio",
            ),
            models.UniqueConstraint(
                fields=["chain", "user", "role"], condition=Q(studio=None), name="classes_chainstaff_once_in_chain"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} in {self.chain_id}"


class Studio(PolicyColumns, TenantModel, TimestampedModel):
    """A place where classes are held. Its point is public: it is on the door."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="studios")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address of the page"), max_length=60)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=120)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[validate_country])
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    is_active = models.BooleanField(_("open"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("studio")
        verbose_name_plural = _("studios")
        constraints = [
            models.UniqueConstraint(fields=["chain", "slug"], name="classes_studio_slug_unique"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="classes_studio_whole_point",
            ),
        ]
        indexes = [models.Index(fields=["latitude", "longitude"], name="classes_studio_point")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("classes:studio", kwargs={"chain": self.chain.slug, "studio": self.slug})


class Room(TenantModel):
    studio = models.ForeignKey(Studio, on_delete=models.CASCADE, related_name="rooms")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("name"), max_length=80)
    capacity = models.PositiveIntegerField(_("people"), validators=[MinValueValidator(1)])
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [models.UniqueConstraint(fields=["studio", "name"], name="classes_room_name_unique")]

    def __str__(self) -> str:
        return self.name
