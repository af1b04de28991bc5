"""Who works where: people, districts, buildings, and the positions that join them."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import GenericTaggedItemBase, TagBase

LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("so", _("Somali")),
    ("vi", _("Vietnamese")),
    ("ru", _("Russian")),
    ("uk", _("Ukrainian")),
    ("ar", _("Arabic")),
    ("am", _("Amharic")),
    ("ti", _("Tigrinya")),
    ("tl", _("Tagalog")),
    ("sm", _("Samoan")),
    ("ko", _("Korean")),
    ("zh", _("Chinese")),
    ("km", _("Khmer")),
    ("pa", _("Punjabi")),
    ("hmn", _("Hmong")),
    ("mam", _("Mam")),
    ("mh", _("Marshallese")),
    ("lut", _("Lushootseed")),
]
#: What somebody may choose. Courses may be in each; lms/messages.py says how far the interface is.
INTERFACE_LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("ar", _("Arabic"))]


class FocusArea(TagBase):
    """A word for what a building or district works on, such as *belonging* or *family partnership*."""

    class Meta:
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")


class TaggedFocusArea(GenericTaggedItemBase):
    """The fact that a building or district works on a focus area."""

    tag = models.ForeignKey(FocusArea, related_name="tagged", on_delete=models.CASCADE)


class District(models.Model):
    """A school district that PSESD serves."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    goal = models.TextField(_("equity goal"), blank=True, max_length=600)
    focus_areas = TaggableManager(_("focus areas"), through=TaggedFocusArea, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("district")
        verbose_name_plural = _("districts")

    def __str__(self):
        return self.name


class Building(models.Model):
    """A school. Its goal and focus areas, kept by its principal, are what courses are tailored to."""

    class Level(models.TextChoices):
        ELEMENTARY = "elementary", _("Elementary")
        MIDDLE = "middle", _("Middle")
        HIGH = "high", _("High")
        K8 = "k8", _("K–8")
        ALTERNATIVE = "alternative", _("Alternative")

    district = models.ForeignKey(
        District, verbose_name=_("district"), related_name="buildings", on_delete=models.PROTECT
    )
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    goal = models.TextField(_("equity goal"), blank=True, max_length=600)
    community_context = models.TextField(_("community context"), blank=True, max_length=2000)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    focus_areas = TaggableManager(_("focus areas"), through=TaggedFocusArea, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="building_name_once_in_a_district"),
            models.CheckConstraint(
                condition=Q(level__in=["elementary", "middle", "high", "k8", "alternative"]),
                name="building_level_is_known",
            ),
        ]

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    """Makes people, whose login is their email."""

    use_in_migrations = True

    def get_by_natural_key(self, email):
        """Find a person by email, whatever its case."""
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """Make a person; without a password they must set one by the link of an email."""
        if not email:
            raise ValueError("A person needs an email.")
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email, password=None, **fields):
        """Make a person who may do everything in the Wagtail admin (never read a private reflection)."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractUser):
    """A person. What they may do comes from their positions, not from fields here."""

    username = None
    email = models.EmailField(_("email"), max_length=254)
    preferred_name = models.CharField(
        _("preferred name"), max_length=80, blank=True, help_text=_("What colleagues call you.")
    )
    language = models.CharField(_("language"), max_length=8, choices=INTERFACE_LANGUAGES, default="en")
    certificate_number = models.CharField(
        _("educator certificate number"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Za-z]{5,12}$", _("Five to twelve letters and digits."))],
        help_text=_("Printed on your clock-hour records. You can leave it empty."),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]
    objects = UserManager()

    class Meta:
        ordering = ["last_name", "first_name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="person_email_once_whatever_its_case",
                violation_error_message=_("Somebody with this email is here already."),
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        """Preferred (or first) and last name; the email when there is neither."""
        return f"{self.called} {self.last_name}".strip() or self.email

    @property
    def called(self):
        """What to call this person in a sentence."""
        return self.preferred_name or self.first_name

    @property
    def sorted_name(self):
        """Last name first, as lists of staff show it."""
        return ", ".join(part for part in (self.last_name, self.called) if part) or self.email

    @property
    def initials(self):
        """One or two letters for the round mark in the header."""
        return (self.called[:1] + self.last_name[:1]).upper() or self.email[:1].upper()

    def clean(self):
        super().clean()
        self.email = self.email.lower()


class PositionQuerySet(models.QuerySet):
    """Positions, by time and kind."""

    def current(self, on=None):
        """Those held on the day ``on`` (a date of the region; today when left out)."""
        on = on or timezone.localdate()
        return self.filter(Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on))


class Position(models.Model):
    """A person's role at a building, at a whole district, or at PSESD, from a day to a day (both included).

    A person may hold several. Ending one is writing its last day: who worked where stays known.
    """

    class Role(models.TextChoices):
        TEACHER = "teacher", _("Teacher")
        PARAEDUCATOR = "paraeducator", _("Paraeducator")
        COUNSELOR = "counselor", _("Counselor")
        SPECIALIST = "specialist", _("Specialist")
        PRINCIPAL = "principal", _("Principal")
        ASSISTANT_PRINCIPAL = "assistant-principal", _("Assistant principal")
        DISTRICT_ADMIN = "district-admin", _("District administrator")
        SUPERINTENDENT = "superintendent", _("Superintendent")
        COACH = "coach", _("PSESD coach")
        EDITOR = "editor", _("PSESD editor")
        PSESD_ADMIN = "psesd-admin", _("PSESD administrator")

    LEADS_A_BUILDING = [Role.PRINCIPAL, Role.ASSISTANT_PRINCIPAL]
    LEADS_A_DISTRICT = [Role.DISTRICT_ADMIN, Role.SUPERINTENDENT]
    OF_PSESD = [Role.COACH, Role.EDITOR, Role.PSESD_ADMIN]

    person = models.ForeignKey(
        User, verbose_name=_("person"), related_name="positions", on_delete=models.PROTECT
    )
    role = models.CharField(_("role"), max_length=24, choices=Role)
    title = models.CharField(_("title"), max_length=120, blank=True)
    building = models.ForeignKey(
        Building,
        verbose_name=_("building"),
        related_name="positions",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    district = models.ForeignKey(
        District,
        verbose_name=_("district"),
        related_name="positions",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("For a position of the whole district; leave empty when you choose a building."),
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["person", "starts_on", "pk"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            models.CheckConstraint(
                condition=Q(building=None) | Q(district=None),
                name="position_is_at_a_building_or_a_district_not_both",
                violation_error_message=_("Choose a building or a whole district, not both."),
            ),
            # Only PSESD's own people belong to no building and no district; coaches may have either:
            # the building or district that they serve.
            models.CheckConstraint(
                condition=Q(building__isnull=False)
                | Q(district__isnull=False)
                | Q(role__in=["coach", "editor", "psesd-admin"]),
                name="position_has_a_place_unless_at_psesd",
                violation_error_message=_("Choose the building or the district of this position."),
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["principal", "assistant-principal"]) | Q(building__isnull=False),
                name="position_leading_a_building_has_one",
                violation_error_message=_("A principal needs a building."),
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["district-admin", "superintendent"]) | Q(district__isnull=False),
                name="position_leading_a_district_has_one",
                violation_error_message=_("A district administrator needs a district."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="position_ends_after_it_starts",
                violation_error_message=_("A position can't end before it starts."),
            ),
        ]
        indexes = [
            # "Who works in this building now?": every report and every assignment asks it.
            models.Index(fields=["building", "ends_on", "role"], name="position_by_building"),
            models.Index(fields=["district", "ends_on", "role"], name="position_by_district"),
        ]

    def __str__(self):
        return f"{self.person}, {self.label}"

    @property
    def label(self):
        """The position in words: title or role, and place."""
        place = self.building or self.district or "PSESD"
        return f"{self.title or self.get_role_display()}, {place}"

    @property
    def is_current(self):
        """Held today?"""
        today = timezone.localdate()
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)


class AuditEntryQuerySet(models.QuerySet):
    """Audit entries: to read and to add."""

    def update(self, **kwargs):
        """Refuse."""
        raise AppendOnly("Audit entries are never changed.")

    def delete(self):
        """Refuse."""
        raise AppendOnly("Audit entries are never deleted.")

    delete.queryset_only = True


class AuditEntry(models.Model):
    """One change of a role, a record or a certificate: who did what to what, when. Only ever added.

    The subject is kept as words and an identity, not as a foreign key: the entry must outlive it.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        User, verbose_name=_("who"), related_name="+", null=True, on_delete=models.PROTECT
    )
    action = models.CharField(_("what"), max_length=80)
    subject_kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.CharField(_("identity"), max_length=40)
    subject = models.CharField(_("of what"), max_length=300)
    details = models.JSONField(_("details"), default=dict, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise AppendOnly("An audit entry is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly("An audit entry is never deleted.")


class StaffImport(models.Model):
    """A staff file that an administrator uploaded: looked at first, then imported, once, or left.

    The file's text stays, so that what came in and when can be answered later.
    """

    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    by = models.ForeignKey(User, verbose_name=_("by"), related_name="+", on_delete=models.PROTECT)
    name = models.CharField(_("file"), max_length=200)
    text = models.TextField()
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)
    summary = models.JSONField(_("what it did"), default=dict, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("staff import")
        verbose_name_plural = _("staff imports")

    def __str__(self):
        return self.name


class AppendOnly(Exception):
    """Somebody tried to change or delete a row of the audit log."""
