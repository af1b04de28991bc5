"""Ten times the demonstration: more staff in the same buildings, with records like those that are there."""

from courses.models import CheckAttempt, Enrollment, ModuleProgress, Reflection
from roster.models import Position, User

ROWS = 2_000


def multiply(times: int) -> None:
    """Give each person with a place ``times - 1`` doubles: same positions, enrollments and progress."""
    people = list(User.objects.filter(positions__building__isnull=False).distinct())
    for number in range(1, times):
        _double_all(people, number)


def _double_all(people: list[User], number: int) -> None:
    doubles = {person.pk: _double(person, number) for person in people}
    User.objects.bulk_create(doubles.values(), batch_size=ROWS)
    _copy(Position.objects.filter(person__in=people), person=doubles)
    enrolled = _copy(Enrollment.objects.filter(person__in=people), person=doubles)
    for model in (ModuleProgress, Reflection, CheckAttempt):
        _copy(model.objects.filter(enrollment__in=enrolled.keys()), enrollment=enrolled)


def _double(person: User, number: int) -> User:
    return User(
        email=f"{number}.{person.email}",
        first_name=person.first_name,
        last_name=f"{person.last_name} {number}",
        password=person.password,
    )


def _copy(rows, **owners: dict) -> dict:
    """Copy ``rows`` to other owners (``name={old key: new row}``); by the key of what they were."""
    copies = {}
    for row in list(rows):
        copies[row.pk] = row
        row.pk = None
        for name, new in owners.items():
            setattr(row, name, new[getattr(row, f"{name}_id")])
    rows.model.objects.bulk_create(copies.values(), batch_size=ROWS)
    return copies
