"""Suppressing: which figures somebody who sees totals only must not be shown (design, section 7).

Any figure about people that rests on fewer than ten is hidden, and so is any from which a hidden one could be
worked out: who knows a total and all its parts but one knows that one too.
"""

from collections.abc import Hashable, Mapping

#: A figure rests on at least so many people, or it isn't shown.
LEAST = 10
#: A building's difference from its district is shown when it speaks of at least so many others.
LEAST_OTHER_BUILDINGS = 2


def hidden(people: Mapping[Hashable, int], *, least: int = LEAST) -> frozenset:
    """Say which parts of a total to hide, given how many people each part rests on.

    The total itself may be shown when it rests on ``least`` or more (:func:`may_show`). Parts that rest on
    nobody say nothing about anybody and stay. Where the hidden parts alone would still tell (there is just
    one, or all of them together rest on too few), the next smallest ones are hidden beside them.
    """
    small = {part for part, count in people.items() if 0 < count < least}
    rest = sorted((part for part, count in people.items() if count >= least), key=lambda part: people[part])
    while small and rest and (len(small) < 2 or sum(people[part] for part in small) < least):
        small.add(rest.pop(0))
    return frozenset(small)


def may_show(people: int, *, least: int = LEAST) -> bool:
    """May a figure that rests on so many people be shown?"""
    return people >= least


def may_compare(*, others: int, other_buildings: int) -> bool:
    """May a building be told how it stands to its district?

    It knows its own figures, so the comparison tells those of all the others together: they must be enough
    people, and of more than one building, whose figures would else be theirs to read.
    """
    return may_show(others) and other_buildings >= LEAST_OTHER_BUILDINGS
