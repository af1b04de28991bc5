"""YAML with lines: reading each field of a mapping by what it must be, and writing it readably."""

import difflib
import uuid
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal, InvalidOperation

import yaml
from django.db import models

from cms.portable.mistakes import Say


class Fields:
    """A mapping of a YAML file, asked field by field; what is amiss is noted with its line.

    ``offset`` is the line of the file before the YAML's first one.
    """

    def __init__(self, text: str, say: Say, offset: int = 0):
        self.say = say
        self.values: dict = {}
        self.lines: dict[str, int] = {}
        self.line = offset + 1
        self._asked: set[str] = set()
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            values = yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            say(
                offset + (mark.line + 1 if mark else 1),
                f"This is no YAML: {getattr(error, 'problem', error)}.",
            )
            self.is_broken = True
            return
        except ValueError as error:
            say(offset + 1, f"A value can't be read: {error}.")
            self.is_broken = True
            return
        self.is_broken = False
        if not isinstance(values, dict):
            say(offset + 1, "Here stand fields, one a line: “name: value”.")
            self.is_broken = True
            return
        for key, _value in node.value:
            name = str(key.value)
            if name in self.lines:
                say(offset + key.start_mark.line + 1, f"“{name}” stands here twice.")
            self.lines[name] = offset + key.start_mark.line + 1
        self.values = {str(key): value for key, value in values.items()}

    def wrong(self, name: str, sentence: str) -> None:
        """Note a mistake about a field."""
        self.say(self.lines.get(name, self.line), f"{name}: {sentence}")

    def read(self, name: str, convert: Callable, *, needed: bool = False, default=None):
        """The value of a field by way of ``convert``, whose ``ValueError`` says what would be right."""
        self._asked.add(name)
        value = self.values.get(name)
        if value is None or value == "":
            if needed and not self.is_broken:
                self.say(self.lines.get(name, self.line), f"“{name}” is missing.")
            return default
        try:
            return convert(value)
        except ValueError as error:
            self.wrong(name, str(error))
            return default

    def nothing_else(self) -> None:
        """Note fields that nobody asked for."""
        for name in self.values:
            if name not in self._asked:
                near = difflib.get_close_matches(name, self._asked, 1)
                hint = (
                    f"did you mean “{near[0]}”?" if near else f"there are {', '.join(sorted(self._asked))}."
                )
                self.say(self.lines.get(name, self.line), f"There is no field “{name}”; {hint}")


class Inner:
    """A field that holds fields of its own: those in ``known``, and nothing else."""

    def __init__(self, found: Fields, name: str, known: list[str]):
        self.found, self.name = found, name
        self.values = found.read(name, mapping, default={})
        for key in self.values:
            if key not in known:
                found.wrong(name, f"there is no “{key}” in it; there are {', '.join(known)}.")

    def read(self, key: str, convert: Callable, default):
        """The value of the inner field ``key`` by way of ``convert``, as :meth:`Fields.read` has it."""
        value = self.values.get(key)
        if value is None or value == "":
            return default
        try:
            return convert(value)
        except ValueError as error:
            self.found.wrong(self.name, f"{key}: {error}")
            return default


def front_matter(nodes: list, say: Say) -> Fields:
    """The fields at a file's head; that there are none is a mistake."""
    if nodes and nodes[0].type == "front_matter":
        return Fields(nodes[0].content, say, offset=1)
    say(1, "The file begins with its front matter: a line “---”, fields, and another line “---”.")
    found = Fields("{}", lambda line, sentence: None)
    found.is_broken = True
    return found


def limits(model: type[models.Model]) -> Callable[[str], int | None]:
    """How long the words of a model's field may be, by its name."""
    return lambda name: model._meta.get_field(name).max_length


# --- what a value must be -----------------------------------------------------------------------------


def words(limit: int | None = None) -> Callable:
    """Text, at most ``limit`` characters long."""

    def convert(value) -> str:
        if isinstance(value, (dict, list, bool)):
            raise ValueError("here stands text; put it in quotation marks.")
        text = str(value).strip()
        if limit and len(text) > limit:
            raise ValueError(f"at most {limit} characters, not {len(text)}.")
        return text

    return convert


def identity(value) -> uuid.UUID:
    """A UUID."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        raise ValueError("an identity is a UUID, such as the one that `uuidgen` prints.") from None


def one_of(options: Collection[str]) -> Callable:
    """One of some words."""

    def convert(value) -> str:
        if str(value) not in options:
            raise ValueError(f"“{value}” is none of {', '.join(options)}.")
        return str(value)

    return convert


def list_of(convert_one: Callable) -> Callable:
    """A list."""

    def convert(value) -> list:
        if not isinstance(value, list):
            raise ValueError("here stands a list: [one, another], or one a line after “- ”.")
        found = [convert_one(one) for one in value]
        if len(set(found)) != len(found):
            raise ValueError("something stands in this list twice.")
        return found

    return convert


def mapping(value) -> dict:
    """Fields inside a field."""
    if not isinstance(value, dict):
        raise ValueError("here stand fields: {name: value}.")
    return value


def truth(value) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise ValueError("true or false.")
    return value


def whole(least: int, most: int) -> Callable:
    """A whole number."""

    def convert(value) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"a whole number from {least} to {most}, not “{value}”.")
        return value

    return convert


def day(value) -> date:
    """A date."""
    if not isinstance(value, date):
        raise ValueError("a date, such as 2026-06-15.")
    return value


def hours(value) -> Decimal:
    """Clock hours: at least one, in half-hour steps (WAC 181-85-030)."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal(0)
    if not (1 <= number < 1000 and number * 2 % 1 == 0):
        raise ValueError(f"hours are at least 1, in half-hour steps, not “{value}”.")
    return number


# --- writing ------------------------------------------------------------------------------------------


class Inline(dict):
    """A mapping that is written in one line."""


class _Dumper(yaml.SafeDumper):
    """Writes sentences one a line, words in one line, long texts as blocks."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def _text(dumper: yaml.Dumper, value: str):
    if "\n" in value:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|")
    return dumper.represent_scalar("tag:yaml.org,2002:str", value)


def _list(dumper: yaml.Dumper, value: list):
    is_short = all(not isinstance(one, (dict, list)) and len(str(one)) <= 40 for one in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=is_short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(
    Inline,
    lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True),
)
_Dumper.add_representer(
    uuid.UUID, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value))
)
_Dumper.add_representer(
    Decimal,
    lambda dumper, value: (
        dumper.represent_int(int(value)) if value == int(value) else dumper.represent_float(float(value))
    ),
)


def dump(values: dict) -> str:
    """``values`` as YAML, in their order, without those that are ``None``; a paragraph is one line."""
    given = {key: value for key, value in values.items() if value is not None}
    return yaml.dump(given, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf"))
