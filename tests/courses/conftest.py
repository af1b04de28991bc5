"""What the tests of taking a course share."""

import pytest

from courses import enrolling
from courses.curricula import curriculum_of


@pytest.fixture
def enrollment(teacher, course):
    """The teacher, enrolled in the course."""
    return enrolling.enroll(person=teacher, course=course)


@pytest.fixture
def first(enrollment):
    """The first module as the teacher gets it: text, reflection, check."""
    curriculum = curriculum_of(enrollment)
    return curriculum.resolve(curriculum.modules[0].key)


@pytest.fixture
def second(enrollment):
    """The second module as the teacher gets it: text, action step."""
    curriculum = curriculum_of(enrollment)
    return curriculum.resolve(curriculum.modules[1].key)


@pytest.fixture
def prompt(first):
    """The id of the first module's reflection prompt."""
    return next(block.id for block in first.blocks if block.type == "reflection")


@pytest.fixture
def check(first):
    """The first module's knowledge check, as a block."""
    return next(block for block in first.blocks if block.type == "check")


@pytest.fixture
def answers(check):
    """The ids of the check's answers; the first one is right."""
    return [str(child.id) for child in check.value["answers"].bound_blocks]


@pytest.fixture
def step(second):
    """The id of the second module's action step."""
    return next(block.id for block in second.blocks if block.type == "action")
