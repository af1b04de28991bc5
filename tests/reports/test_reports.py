"""The leaders' pages: who sees which figures, that they are right, and what they cost."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.standpoints import Place
from courses import enrolling
from courses.models import Enrollment, Reflection
from reports.building_report import BuildingReport
from reports.region_report import RegionReport
from roster.models import Position
from tests.factories import (
    BuildingFactory,
    DistrictFactory,
    make_course,
    make_person,
    make_teacher,
    translated,
)

Status = Enrollment.Status


@pytest.fixture
def staff_in(db):
    """A function that puts people of a building into a course: so many done, under way, not started."""

    def put(building, course, *, done=0, going=0, none=0, due_on=None):
        states = [Status.COMPLETE] * done + [Status.UNDER_WAY] * going + [Status.NOT_STARTED] * none
        return [_in(make_teacher(building), course, status, due_on) for status in states]

    return put


def _in(person, course, status, due_on=None):
    enrollment = enrolling.enroll(person=person, course=course)
    now = timezone.now()
    done = status == Status.COMPLETE
    Enrollment.objects.filter(pk=enrollment.pk).update(
        status=status,
        due_on=due_on,
        progress=100 if done else 0,
        completed_at=now if done else None,
        opened_at=None if status == Status.NOT_STARTED else now,
    )
    return person


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def yesterday():
    return timezone.localdate() - datetime.timedelta(days=1)


def test_a_building_says_in_words_how_far_it_is(client_of, principal, building, course, staff_in):
    staff_in(building, course, done=3, going=2, none=2, due_on=yesterday())
    page = client_of(principal).get(url("building", building.slug)).content.decode()
    assert "3 of the 7 staff who take it have finished. Two haven&#x27;t opened it. Four are overdue." in page
    assert "Nudge 4 overdue people" in page


def test_who_meets_with_a_coach_is_under_way_though_there_is_nothing_to_open(
    client_of, principal, admin, building, teacher
):
    course = make_course("Together", modules=0, is_facilitated=True)
    place = Place(building_id=building.pk, district_id=building.district_id)
    enrolling.register(person=teacher, course=course, by=admin, at=place)
    client = client_of(principal)
    page = client.get(url("building", building.slug)).content.decode()
    assert "Together" in page
    assert "opened it" not in page
    assert client.get(url("person", teacher.pk)).status_code == 200


def test_a_building_is_compared_with_its_district_where_that_names_nobody(building, course, staff_in):
    staff_in(building, course, done=3, going=1)
    for others in range(2):
        staff_in(BuildingFactory(district=building.district), course, done=2, going=2)
        assert "district" not in BuildingReport(building).courses[0].words, f"{others + 1} other buildings"
    staff_in(BuildingFactory(district=building.district), course, done=1, going=1)
    assert "18 points ahead of the district" in BuildingReport(building).courses[0].words


def test_a_course_has_its_title_in_the_readers_language(
    client_of, principal, district_admin, admin, building, district, course
):
    """Whoever takes it in Spanish has a Spanish title in their record; an English report doesn't."""
    translated(course, "es", title="Fundamentos")
    teacher = make_teacher(building)
    enrollment = enrolling.enroll(person=teacher, course=course)
    Enrollment.objects.filter(pk=enrollment.pk).update(course_title="Fundamentos")
    places = [(principal, "building", building.slug), (district_admin, "district", district.slug)]
    for who, name, *args in [*places, (admin, "region"), (principal, "person", teacher.pk)]:
        page = client_of(who).get(url(name, *args)).content.decode()
        assert course.title in page, name
        assert "Fundamentos" not in page, name


def test_who_left_the_building_or_the_course_is_not_counted(building, course, staff_in):
    gone, out, _stays = staff_in(building, course, none=3)
    gone.positions.update(ends_on=yesterday())
    enrolling.withdraw(enrollment=out.enrollments.get(), by=out)
    assert BuildingReport(building).courses[0].tally.total == 1


def test_a_retake_leaves_a_person_done(building, course, staff_in):
    (person,) = staff_in(building, course, done=1)
    enrolling.retake(enrollment=person.enrollments.get(), course=course)
    tally = BuildingReport(building).courses[0].tally
    assert (tally.done, tally.total) == (1, 1)


def test_search_role_and_order_narrow_the_list(client_of, principal, building, course, staff_in):
    late = staff_in(building, course, none=1, due_on=yesterday())[0]
    counselor = make_person(Position.Role.COUNSELOR, building=building, last_name="Aaberg")
    client = client_of(principal)

    def listed(**asked):
        response = client.get(url("building", building.slug), asked)
        return [member.person for member in response.context["page_obj"]]

    assert listed(q="aab") == [counselor]
    assert listed(role="counselor") == [counselor]
    assert listed(role="nonsense", order="nonsense") == listed()
    assert listed(order="overdue")[0] == late
    assert listed(q="zzz") == []


@pytest.mark.parametrize("kind", ["building", "brief", "building_csv", "building_xlsx"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("principal", 200),
        ("district_admin", 200),
        ("coach", 200),
        ("admin", 200),
        ("teacher", 404),
        ("editor", 404),
        ("stranger", 404),
    ],
)
def test_who_may_see_a_building(request, client_of, building, who, status, kind):
    stranger = make_person(Position.Role.PRINCIPAL, building=BuildingFactory(district=building.district))
    person = stranger if who == "stranger" else request.getfixturevalue(who)
    assert client_of(person).get(url(kind, building.slug)).status_code == status


@pytest.mark.parametrize(
    ("who", "district_status", "region_status"),
    [
        ("principal", 404, 404),
        ("district_admin", 200, 404),
        ("coach", 404, 404),
        ("admin", 200, 200),
        ("teacher", 404, 404),
        ("editor", 404, 200),
    ],
)
def test_who_may_see_district_and_region(request, client_of, district, who, district_status, region_status):
    client = client_of(request.getfixturevalue(who))
    assert client.get(url("district", district.slug)).status_code == district_status
    assert client.get(url("district_csv", district.slug)).status_code == district_status
    assert client.get(url("region")).status_code == region_status


def test_who_leads_another_district_sees_nothing_of_this_one(client_of, district, building, teacher):
    other = make_person(Position.Role.SUPERINTENDENT, district=DistrictFactory())
    client = client_of(other)
    for address in (
        url("district", district.slug),
        url("building", building.slug),
        url("person", teacher.pk),
    ):
        assert client.get(address).status_code == 404


def test_no_reflection_reaches_a_leader(client_of, principal, teacher, building, course):
    enrollment = enrolling.enroll(person=teacher, course=course)
    module = course.get_children().first()
    Reflection.objects.create(
        enrollment=enrollment, module_key=module.translation_key, block_id="x", text="My own words", words=3
    )
    client = client_of(principal)
    for address in (
        url("building", building.slug),
        url("person", teacher.pk),
        url("building_csv", building.slug),
        url("brief", building.slug),
    ):
        assert "My own words" not in client.get(address).content.decode()


def test_a_leader_finds_their_way_in(client_of, principal, district_admin, editor, teacher):
    building, district = principal.positions.get().building, district_admin.positions.get().district
    assert client_of(principal).get(url("home")).url == url("building", building.slug)
    assert client_of(district_admin).get(url("home")).url == url("district", district.slug)
    assert client_of(editor).get(url("home")).url == url("region")
    assert client_of(teacher).get(url("home")).status_code == 404


def test_a_district_counts_each_building(client_of, district_admin, district, building, course, staff_in):
    staff_in(building, course, done=1, going=1)
    staff_in(BuildingFactory(district=district, name="Zebra School"), course, done=2)
    report = client_of(district_admin).get(url("district", district.slug)).context["report"]
    assert [(str(row.name), row.tallies[0].done, row.tallies[0].total) for row in report.rows] == [
        (building.name, 1, 2),
        ("Zebra School", 2, 2),
        ("District office", 0, 0),
    ]


def test_editors_read_no_figure_of_fewer_than_ten(course, staff_in, building):
    staff_in(building, course, done=4)
    big = BuildingFactory()
    staff_in(big, course, done=6, going=6)
    biggest = BuildingFactory()
    staff_in(biggest, course, done=8, going=8)

    rows = {row.district: row.figures[0].is_hidden for row in RegionReport(totals_only=True).rows}
    assert rows == {building.district: True, big.district: True, biggest.district: False}
    assert not RegionReport(totals_only=True).courses[0][1].is_hidden
    assert not any(row.figures[0].is_hidden for row in RegionReport(totals_only=False).rows)


def test_an_editors_page_does_not_contain_what_is_hidden(client_of, editor, course, staff_in, building):
    staff_in(building, course, done=7)
    page = client_of(editor).get(url("region")).content.decode()
    assert "Too few to show" in page
    assert "7 of 7" not in page


def test_a_person_page_shows_completion_and_offers_a_nudge(client_of, principal, coach, teacher, course):
    enrolling.enroll(person=teacher, course=course)
    nudge = reverse("courses:nudge")
    page = client_of(principal).get(url("person", teacher.pk)).content.decode()
    assert course.title in page
    assert nudge in page
    assert nudge not in client_of(coach).get(url("person", teacher.pk)).content.decode()


def test_the_downloads_say_the_same_and_run_no_formula(client_of, principal, building, course, staff_in):
    person = staff_in(building, course, none=1, due_on=yesterday())[0]
    person.last_name = "=HYPERLINK(1)"
    person.save()
    client = client_of(principal)
    text = client.get(url("building_csv", building.slug)).content.decode("utf-8-sig")
    lines = {row["Email"]: row for row in csv.DictReader(io.StringIO(text))}
    assert lines[person.email][course.title] == "Overdue"
    assert lines[person.email]["Name"].startswith("'=")
    book = load_workbook(io.BytesIO(client.get(url("building_xlsx", building.slug)).content))
    names = [row[0] for row in book.active.iter_rows(values_only=True)]
    assert any(name.startswith("'=") for name in names)


@pytest.mark.parametrize(
    ("page", "limit"), [("building", 12), ("brief", 12), ("district", 15), ("region", 12), ("home", 12)]
)
def test_a_page_costs_the_same_at_any_size(
    client_of, admin, principal, district_admin, district, building, staff_in, page, limit,
    django_assert_max_num_queries,
):  # fmt: skip
    viewer = {"building": principal, "brief": principal, "district": district_admin}.get(page, admin)
    address = url(
        page,
        *{"building": [building.slug], "brief": [building.slug], "district": [district.slug]}.get(page, []),
    )
    client, costs = client_of(viewer), []
    for size in (1, 4):
        for number in range(size):
            course = make_course(f"Course {size} {number}", modules=1)
            staff_in(building, course, done=1, going=1, none=1, due_on=yesterday())
            staff_in(BuildingFactory(district=district), course, none=1)
            staff_in(BuildingFactory(), course, none=1)
        client.get(address)
        with django_assert_max_num_queries(limit) as queries:
            assert client.get(address).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
