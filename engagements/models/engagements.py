"""Engagements: a team, its coach, the protocol that they follow, and how far they are."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.pages import SERVICES
from courses.encrypted import EncryptedTextField
from engagements.models.requests import ONE_PLACE, ServiceRequest


class Engagement(models.Model):
    """One piece of work that a team does with a coach, along one version of a protocol.

    What is done again next year is a new row whose ``previous`` is this one: nothing is reset.
    ``is_confidential`` is the protocol's setting as it was at the opening: a later version can make it true
    and never false, because people wrote under its promise. ``progress`` and the ``next_…`` columns are
    stored when they change, so that no list ever reads a protocol.
    """

    class State(models.TextChoices):
        UNDER_WAY = "under-way", _("Under way")
        CLOSED = "closed", _("Closed")
        STOPPED = "stopped", _("Stopped before its end")

    service = models.CharField(_("service"), max_length=40, choices=SERVICES)
    protocol_version = models.ForeignKey(
        "engagements.ProtocolVersion", related_name="engagements", on_delete=models.PROTECT
    )
    building = models.ForeignKey(
        "roster.Building", related_name="engagements", null=True, blank=True, on_delete=models.PROTECT
    )
    district = models.ForeignKey(
        "roster.District", related_name="engagements", null=True, blank=True, on_delete=models.PROTECT
    )
    title = models.CharField(_("title"), max_length=200)
    about = EncryptedTextField(_("what it is about"), blank=True, default="")
    is_confidential = models.BooleanField(default=False)
    request = models.OneToOneField(
        ServiceRequest, related_name="engagement", null=True, blank=True, on_delete=models.PROTECT
    )
    previous = models.OneToOneField(
        "self", related_name="following", null=True, blank=True, on_delete=models.PROTECT
    )
    cycle = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.UNDER_WAY)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    closing_words = EncryptedTextField(blank=True, default="")
    # The day that the decision set for looking again; stored at the closing, because answers are sealed.
    review_on = models.DateField(null=True, blank=True)

    progress = models.PositiveSmallIntegerField(default=0)
    next_step_id = models.CharField(max_length=36, blank=True)
    next_step_title = models.CharField(max_length=255, blank=True)
    # Whose turn the next step is: "coach", "lead" or "member"; empty when anybody's or when nothing is left.
    next_is_for = models.CharField(max_length=10, blank=True)
    next_since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints = [
            models.CheckConstraint(condition=ONE_PLACE, name="engagement_is_at_one_place"),
            models.CheckConstraint(
                condition=Q(state="under-way", closed_at=None)
                | (Q(state__in=["closed", "stopped"]) & Q(closed_at__isnull=False)),
                name="engagement_that_ended_says_when",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="engagement_progress_is_percent"),
            models.CheckConstraint(
                condition=Q(cycle=1, previous=None) | Q(cycle__gt=1, previous__isnull=False),
                name="engagement_after_another_counts_on",
            ),
        ]
        indexes = [
            # A building's and a district's pages: what is under way here?
            models.Index(fields=["building", "state"], name="engagement_by_building"),
            models.Index(fields=["district", "state"], name="engagement_by_district"),
            # The nightly look for decisions whose day has come.
            models.Index(fields=["review_on"], condition=Q(state="closed"), name="engagement_to_look_again"),
        ]

    def __str__(self):
        return self.title

    @property
    def place(self):
        """The building or district whose work it is."""
        return self.building or self.district

    @property
    def is_open(self):
        """Can it still be worked on?"""
        return self.state == self.State.UNDER_WAY


class MemberQuerySet(models.QuerySet):
    """Members, by whether they are still there."""

    def present(self):
        """Those who have not left."""
        return self.filter(left_at=None)

    def people(self):
        """Return the people behind them who can sign in: those who can be told something. One query."""
        return [member.person for member in self.filter(person__is_active=True).select_related("person")]


class Member(models.Model):
    """A person's place in an engagement, from joining to leaving. Whoever comes back gets a new row.

    Somebody without an account (a parent on a committee, a neighbour who was asked) has a name and no person;
    they open what they are asked by a link. Everything that is written names a member, so that words
    keep their writer after the writer left.
    """

    class Role(models.TextChoices):
        COACH = "coach", _("Coach")
        LEAD = "lead", _("Lead")
        MEMBER = "member", _("Member")
        GUEST = "guest", _("Guest")

    #: Who says who is in it, and when it ends.
    STEERS = [Role.COACH, Role.LEAD]
    #: Who reads and writes the whole of it.
    WORKS = [Role.COACH, Role.LEAD, Role.MEMBER]

    engagement = models.ForeignKey(Engagement, related_name="members", on_delete=models.CASCADE)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="memberships", null=True, blank=True, on_delete=models.PROTECT
    )
    name = models.CharField(_("name"), max_length=160, blank=True)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)
    constituency = models.CharField(_("speaks for"), max_length=120, blank=True)
    term_from = models.DateField(_("term from"), null=True, blank=True)
    term_to = models.DateField(_("term to"), null=True, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "person"], condition=Q(left_at=None), name="member_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name=""), name="member_is_a_person_or_has_a_name"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(role__in=["guest", "member"]),
                name="member_who_steers_has_an_account",
            ),
            models.CheckConstraint(
                condition=Q(term_from=None) | Q(term_to=None) | Q(term_to__gte=F("term_from")),
                name="member_term_ends_after_it_starts",
            ),
        ]
        indexes = [
            # "Our work together" and the coach's desk: where is this person in it now?
            models.Index(fields=["person"], condition=Q(left_at=None), name="member_by_person"),
        ]

    def __str__(self):
        return self.called

    @property
    def called(self):
        """The member's name, as others read it."""
        return self.person.full_name if self.person_id else self.name

    @property
    def initials(self):
        """One or two letters for the round mark beside the name."""
        if self.person_id:
            return self.person.initials
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def is_present(self):
        """Still in it?"""
        return self.left_at is None

    @property
    def steers(self):
        """Does this member say who is in it, and when it ends?"""
        return self.role in self.STEERS and self.is_present

    @property
    def works(self):
        """Does this member write in all of it?"""
        return self.role in self.WORKS and self.is_present


class StepDone(models.Model):
    """The fact that a team is done with a step. Deleting it is how a step is opened again."""

    engagement = models.ForeignKey(Engagement, related_name="steps_done", on_delete=models.CASCADE)
    step_id = models.CharField(max_length=36)
    by = models.ForeignKey(Member, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "step_id"], name="step_done_once"),
        ]
