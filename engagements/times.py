"""Times in a table: weeks, months, school years, terms and days, as people write them here."""

import datetime
import re

#: A heading of times.
HEADING = re.compile(
    r"(school |academic |fiscal )?(year|month|week|quarter|trimester|semester|term|dates?|day|when|time)"
    r"( (of|ending|beginning|starting|of the year|no|number))?"
    r"|(año|curso)( escolar)?|mes|semana|trimestre|semestre|fecha|día|cuándo",
    re.IGNORECASE,
)
_MONTH = (
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?"
    r"|dec(ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\.?"
)
_TERM = r"(fall|autumn|winter|spring|summer|otoño|invierno|primavera|verano)"
_SPAN = (
    r"(week|wk|month|quarter|trimester|semester|term|year|day|cycle|q|t|w"
    r"|semana|mes|trimestre|semestre|año|día|ciclo)"
)
_YEAR = re.compile(r"(?:sy ?)?((?:19|20)\d\d)(?: ?[-–/] ?(?:(?:19|20))?\d\d)?", re.IGNORECASE)
_COUNTED = re.compile(rf"{_SPAN}[ .#-]*(\d{{1,3}})", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)")
_AMERICAN_DAY = re.compile(r"(\d\d?)/(\d\d?)/(\d{4}|\d\d)")
_NAMED = re.compile(
    rf"({_MONTH}|{_TERM})([ ,]+\d\d?)?([ ,]+(de )?(19|20)\d\d([-–/]\d\d)?)?"
    rf"|(19|20)\d\d[ ,]+({_MONTH}|{_TERM})",
    re.IGNORECASE,
)


def is_one(words: str) -> bool:
    """Does ``words`` name a time?"""
    return _moment(words) is not None or bool(_NAMED.fullmatch(words.strip()))


def are_all(words: list[str]) -> bool:
    """Are these times, but for a total's row?"""
    return sum(map(is_one, words)) >= max(2, len(words) - 1)


def column_of(value: dict) -> int | None:
    """Return the place of a stored table's column of times; None where its rows are no times."""
    for place, column in enumerate(value["columns"]):
        words = [row[place] for row in value["rows"] if row[place]]
        if (
            column["kind"] == "label"
            and words
            and (HEADING.fullmatch(column["title"].strip()) or are_all(words))
        ):
            return place
    return None


def in_order(words: list[str]) -> dict[str, float]:
    """Return each time once, from the earliest, with how far along it lies (0 to 1).

    By the calendar, where all say their place in it and run one way; else as they were pasted, a step each:
    week 36 comes before week 1 in a school year.
    """
    once = list(dict.fromkeys(words))
    moments = [float(one) if re.fullmatch(r"\d{1,2}", one) else _moment(one) for one in once]
    if None in moments or moments not in (rising := sorted(set(moments)), rising[::-1]):
        return {one: at / max(1, len(once) - 1) for at, one in enumerate(once)}
    first, last = min(moments), max(moments)
    in_time = sorted(zip(moments, once, strict=True))
    return {one: (moment - first) / ((last - first) or 1) for moment, one in in_time}


def _moment(words: str) -> float | None:
    """A number that grows with time, for times that say where they lie among others of their kind."""
    words = words.strip()
    if match := _YEAR.fullmatch(words):
        return float(match[1])
    if match := _COUNTED.fullmatch(words):
        return float(match[2])
    if match := _DAY.fullmatch(words):
        return _ordinal(int(match[1]), int(match[2]), int(match[3]))
    if match := _AMERICAN_DAY.fullmatch(words):
        year = int(match[3])
        return _ordinal(year if year > 99 else 2000 + year, int(match[1]), int(match[2]))
    return None


def _ordinal(year: int, month: int, day: int) -> float | None:
    try:
        return float(datetime.date(year, month, day).toordinal())
    except ValueError:
        return None
