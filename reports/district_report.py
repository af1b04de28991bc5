"""A district's report: its buildings, and how far their staff of today are with each course."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from courses.intended import positions_at
from reports.counting import Course, Tally, in_district, staff_counts
from roster.models import Building, District, Position


@dataclass(frozen=True)
class BuildingRow:
    """One building (None: the district's own office) and its tally of each course, in the courses' order."""

    building: Building | None
    staff: int
    tallies: list[Tally]

    @property
    def name(self):
        """The building's name."""
        return self.building.name if self.building else _("District office")

    @property
    def late(self) -> int:
        """How many are overdue, in all courses."""
        return sum(tally.late for tally in self.tallies)


class DistrictReport:
    """All that the district's page shows. Three queries, whatever the number of buildings and staff."""

    def __init__(self, district: District):
        self.district = district

    @cached_property
    def courses(self) -> dict[Course, Tally]:
        """The tally of each course over the whole district, each person once; the most taken first."""
        return self._tallies[0]

    @cached_property
    def rows(self) -> list[BuildingRow]:
        """The buildings by name, the district's own office last where somebody works there."""
        _courses, tallies = self._tallies
        staff = staff_counts(Position.objects.current().filter(positions_at(self.district)))
        buildings = list(Building.objects.filter(district=self.district))
        places = [*buildings, None] if staff.get(None) else buildings
        return [
            BuildingRow(
                building=place,
                staff=staff.get(place.pk if place else None, 0),
                tallies=[
                    tallies.get(place.pk if place else None, {}).get(course.key, Tally())
                    for course in self.courses
                ],
            )
            for place in places
        ]

    @cached_property
    def _tallies(self):
        return in_district(self.district)
