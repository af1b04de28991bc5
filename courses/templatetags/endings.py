"""What the pages of a course's end need of their forms and rows."""

from django import template

from courses import clock_hours, evaluating, transcripts

register = template.Library()
_BY_NAME = {question.name: question for question in evaluating.questions()}


@register.filter
def question_of(field):
    """Return the question that a field of the evaluation asks."""
    return _BY_NAME[field.name]


@register.filter
def hours_together(offers):
    """Return the hours of offers or entries, added up (decimal hours)."""
    return clock_hours.total(offer.hours for offer in offers)


@register.filter
def rule_label(standing):
    """Return what a renewal rule asks for, in words."""
    return transcripts.rule_label(standing)
