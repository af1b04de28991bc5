"""What PSESD writes: pages, audiences, editions, standards."""

from cms.models.audiences import Audience
from cms.models.changes import ContentChange
from cms.models.courses import ClockHours, CoursePage, CourseTopic, ModulePage
from cms.models.editions import Edition
from cms.models.pages import CatalogPage, HomePage, ServicePage, StandardPage
from cms.models.standards import ClockHourCategory, LearningStandard, RenewalRule

__all__ = [
    "Audience",
    "CatalogPage",
    "ClockHourCategory",
    "ClockHours",
    "ContentChange",
    "CoursePage",
    "CourseTopic",
    "Edition",
    "HomePage",
    "LearningStandard",
    "ModulePage",
    "RenewalRule",
    "ServicePage",
    "StandardPage",
]
