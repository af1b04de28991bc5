"""The region's report: all districts and all courses, in totals.

For the editors, who see totals only, figures that rest on few people are hidden, and so are those from which
they could be worked out. No sum over courses is shown to them: it would be a second way to work them out.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from reports.counting import Course, Tally, by_district
from reports.suppressing import hidden, may_show
from roster.models import District, Position


@dataclass(frozen=True)
class Figure:
    """A tally that is shown, or only known to be there."""

    tally: Tally
    is_hidden: bool = False


@dataclass(frozen=True)
class DistrictRow:
    """One district (None: outside of all) and its figure for each course, in the courses' order."""

    district: District | None
    staff: int
    figures: list[Figure]

    @property
    def name(self):
        """The district's name."""
        return self.district.name if self.district else _("Outside the districts")

    @property
    def whole(self) -> Tally:
        """All its courses together; for who may see everything."""
        return sum((figure.tally for figure in self.figures), start=Tally())


class RegionReport:
    """All that the region's page shows. Four queries, whatever the size of the region."""

    def __init__(self, *, totals_only: bool):
        self.totals_only = totals_only

    @cached_property
    def courses(self) -> list[tuple[Course, Figure]]:
        """Each course over the whole region, the most taken first."""
        return [
            (course, Figure(whole, self.totals_only and not may_show(whole.total)))
            for course, whole in self._wholes.items()
        ]

    @cached_property
    def rows(self) -> list[DistrictRow]:
        """The districts by name, with their figures."""
        staff = self._staff
        rows = [
            DistrictRow(district, staff.get(district.pk, 0), self._figures(district.pk))
            for district in District.objects.all()
        ]
        if None in self._tallies:
            rows.append(DistrictRow(None, 0, self._figures(None)))
        return rows

    @cached_property
    def _tallies(self) -> dict[int | None, dict[Course, Tally]]:
        return by_district()

    @cached_property
    def _wholes(self) -> dict[Course, Tally]:
        wholes = {}
        for tallies in self._tallies.values():
            for course, found in tallies.items():
                wholes[course] = wholes.get(course, Tally()) + found
        return dict(sorted(wholes.items(), key=lambda pair: (-pair[1].total, pair[0].title)))

    @cached_property
    def _hidden(self) -> dict[Course, frozenset]:
        """For each course the districts whose figure isn't shown."""
        if not self.totals_only:
            return {}
        return {
            course: hidden(
                {place: found.get(course, Tally()).total for place, found in self._tallies.items()}
            )
            for course in self._wholes
        }

    def _figures(self, place) -> list[Figure]:
        found = self._tallies.get(place, {})
        return [
            Figure(found.get(course, Tally()), place in self._hidden.get(course, ()))
            for course in self._wholes
        ]

    @cached_property
    def _staff(self) -> dict[int, int]:
        """How many work in each district; who works in its office and in a school counts in both."""
        held = Position.objects.current().filter(person__is_active=True).exclude(role__in=Position.OF_PSESD)
        counts = {}
        for at in ("district", "building__district"):
            rows = (
                held.exclude(**{at: None})
                .order_by()
                .values(at)
                .annotate(count=Count("person", distinct=True))
            )
            for place, count in rows.values_list(at, "count"):
                counts[place] = counts.get(place, 0) + count
        return counts
