"""Watching: how far the people of an assignment are, and whom a wish would reach, as leaders see it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from courses.assigning import Preview
from courses.intended import Wish, open_to, people_wished
from courses.models import Assignment, Enrollment, Reach
from roster.models import Building, User

#: So many names of a group are shown on the page that asks for confirmation.
MOST_SHOWN = 300

Status = Enrollment.Status

STATES = {
    "not-started": _("Not started"),
    "under-way": _("Under way"),
    "done": _("Done"),
    "overdue": _("Overdue"),
}
_STATUS = {"not-started": Status.NOT_STARTED, "under-way": Status.UNDER_WAY, "done": Status.COMPLETE}


def is_overdue(prefix: str = "") -> Q:
    """The condition to be open and past the due day; ``prefix`` leads to the enrollment."""
    return Q(**{f"{prefix}status__in": Enrollment.OPEN, f"{prefix}due_on__lt": timezone.localdate()})


def count_up(assignments: Iterable[Assignment]) -> list[Assignment]:
    """Add ``counts`` (``all``, and one for each of :data:`STATES`) and ``parts`` to each. One query."""
    assignments = list(assignments)
    reaches = Reach.objects.filter(assignment__in=assignments).values("assignment")
    asked = {_plain(state): Count("pk", filter=_condition(state, "enrollment__")) for state in STATES}
    counted = {row["assignment"]: row for row in reaches.annotate(all=Count("pk"), **asked)}
    for assignment in assignments:
        row = counted.get(assignment.pk, {})
        assignment.counts = {_plain(state): row.get(_plain(state), 0) for state in ("all", *STATES)}
        assignment.parts = parts_of(assignment.counts)
    return assignments


def parts_of(counts: dict[str, int]) -> list[dict]:
    """What a stacked bar shows of such counts: done, under way, not started."""
    kinds = {"done": "done", "under-way": "going", "not-started": "none"}
    return [
        {"label": STATES[state], "count": counts[_plain(state)], "is": kind} for state, kind in kinds.items()
    ]


def named_like(people: QuerySet[User], sought: str) -> QuerySet[User]:
    """Narrow ``people`` to those who have each word of ``sought`` in a name, or begin their email with it."""
    for word in sought.split()[:6]:
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(preferred_name__icontains=word)
            | Q(email__istartswith=word)
        )
    return people


class Watched:
    """The people of an assignment, narrowed by what is asked: ``state`` and ``q``, a part of a name."""

    def __init__(self, assignment: Assignment, asked):
        self.assignment = assignment
        self.state = asked.get("state") if asked.get("state") in STATES else ""
        self.sought = asked.get("q", "")[:80]

    @cached_property
    def enrollments(self) -> QuerySet[Enrollment]:
        """All enrollments that it reached, whatever is asked."""
        return Enrollment.objects.filter(reaches__assignment=self.assignment)

    @property
    def rows(self) -> QuerySet[Enrollment]:
        """Those asked for, with their people; who hasn't finished first."""
        rows = self.enrollments.select_related("person", "building")
        if self.state:
            rows = rows.filter(_condition(self.state))
        if self.sought.strip():
            rows = rows.filter(person__in=named_like(User.objects.all(), self.sought))
        return rows.order_by(
            F("completed_at").desc(nulls_first=True), "person__last_name", "person__first_name", "pk"
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are in each state, and in ``all``. One query."""
        asked = {_plain(state): Count("pk", filter=_condition(state)) for state in STATES}
        return self.enrollments.aggregate(all=Count("pk"), **asked)

    @property
    def parts(self) -> list[dict]:
        """What the stacked bar shows."""
        return parts_of(self.counts)

    @property
    def tabs(self) -> list[dict]:
        """One for each state that can be asked for."""
        named = {"": _("All"), **STATES}
        return [
            {
                "label": label,
                "url": f"?state={state}" if state else "?",
                "current": state == self.state,
                "count": self.counts[_plain(state or "all")],
            }
            for state, label in named.items()
        ]


@dataclass(frozen=True)
class Group:
    """Some of the people of a preview, and what will become of them."""

    label: str | Promise
    note: str | Promise
    state: str
    count: int
    people: list[User]

    @property
    def hidden(self) -> int:
        """How many of them aren't named on the page."""
        return self.count - len(self.people)


def groups_of(preview: Preview) -> list[Group]:
    """The people of a preview by what will become of them; empty groups are left out."""
    found = [
        (_("Will be enrolled"), _("They get the course, a notice and an email."), "going", preview.new),
        (
            _("In it already"),
            _("They keep what they have done. The earlier due date holds."),
            "none",
            preview.begun,
        ),
        (_("Done already"), _("Nothing changes for them: what is done stays done."), "done", preview.done),
        (
            _("Left out"),
            _("The course isn't meant for their position, so they don't get it."),
            "late",
            preview.shut_out,
        ),
    ]
    return [Group(label, note, state, len(ids), _first_of(ids)) for label, note, state, ids in found if ids]


def buildings_of(wish: Wish, preview: Preview) -> list[tuple[str | Promise, int]]:
    """How many of those whom a district's wish reaches take the course in which building."""
    takers = open_to(people=people_wished(wish), course=wish.course, place=wish.place)
    reached = preview.new | preview.begun | preview.done
    counts = Counter(taken.building_id for pk, taken in takers.items() if pk in reached)
    names = dict(Building.objects.filter(pk__in=counts).values_list("pk", "name"))
    named = [(names.get(pk) or _("District office"), count) for pk, count in counts.items()]
    return sorted(named, key=lambda pair: (-pair[1], str(pair[0])))


def _condition(state: str, prefix: str = "") -> Q:
    return is_overdue(prefix) if state == "overdue" else Q(**{f"{prefix}status": _STATUS[state]})


def _plain(state: str) -> str:
    """The state as a name that a query and a template can use."""
    return state.replace("-", "_")


def _first_of(ids) -> list[User]:
    # Tens of thousands of ids are too many for one query, and nobody reads so many names.
    people = User.objects.filter(pk__in=sorted(ids)[: MOST_SHOWN * 3])
    return list(people.order_by("last_name", "first_name", "pk")[:MOST_SHOWN])
