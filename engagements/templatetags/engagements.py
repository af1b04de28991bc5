"""Template tags for what a team wrote."""

from django import template

from engagements.kinds import plain_lines

register = template.Library()

register.filter("kept_lines", lambda answer: plain_lines(answer.value))
