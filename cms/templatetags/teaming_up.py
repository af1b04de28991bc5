"""The section that ends a course or a module in a team's work."""

from django import template

from cms import joining, teaming_up

register = template.Library()


@register.inclusion_tag("cms/parts/way_on.html", takes_context=True)
def way_on(context, page, course, standpoint, is_own=True) -> dict:
    """Draw where ``page`` leads; nothing where it leads nowhere.

    Args:
        is_own: the person who asks for the page reads it for themselves. In a preview they don't, and it
            says nothing of their own teams.
    """
    way = teaming_up.way_on_from(page, course, standpoint) if page else None
    section = joining.team_section(context["request"], way) if way and is_own else None
    return {"way": way, "section": section, "standpoint": standpoint, "is_own": is_own}
