"""Kinds of prompts: what an answer of each kind is made of, and how a form shows and sends it.

A value is what is stored; *fields* are the same as a form has it: names, each with a list of texts. A form
without script, an autosave and the answer to it all speak in fields. Files, voices, agreements and action
items are rows of their own and have no kind here. A table of figures isn't typed: it is looked at before
any of it is stored (``engagements.charting``).
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping

from courses.counting import count_words
from engagements.protocols import Prompt

#: What is written down of a meeting: words, asked for by the meeting and not by a protocol.
MINUTES = "minutes"
LIMIT = 20_000  # characters of one text
CELL_LIMIT = 4_000
ROWS_LIMIT = 300
_ROW_ID = re.compile(r"[\w-]{1,36}")

Fields = Mapping[str, list[str]]


class TooLong(Exception):
    """An answer has more characters or rows than fit."""


class Kind(ABC):
    """One kind: when a value is enough, and what it says in words and in a report."""

    def prose(self, prompt: Prompt) -> frozenset[str]:
        """Keys of the value whose texts two people may write in at once, and are merged word by word."""
        return frozenset()

    def fields(self, prompt: Prompt, value: dict) -> dict[str, list[str]]:
        """``value`` as a form has it; nothing where it isn't typed."""
        return {}

    def is_enough(self, prompt: Prompt, value: dict) -> bool:
        """Does ``value`` answer the prompt?"""
        return bool(value)

    @abstractmethod
    def lines(self, prompt: Prompt, value: dict) -> list[str]:
        """``value`` in words, a line for each part of it."""

    def reported(self, prompt: Prompt, value: dict, answers: Mapping[str, dict]) -> dict | None:
        """What a report keeps of ``value``, beside all ``answers`` by prompt; None where it says nothing."""
        lines = self.lines(prompt, value)
        return {"lines": lines} if any(lines) else None


class Typed(Kind):
    """A kind that is typed: it reads a form's fields into a value, and gives them back."""

    @abstractmethod
    def read(self, prompt: Prompt, fields: Fields) -> dict:
        """The value that ``fields`` hold; what the prompt doesn't offer is passed over."""

    @abstractmethod
    def fields(self, prompt: Prompt, value: dict) -> dict[str, list[str]]:
        """``value`` as a form has it, so that :meth:`read` would read the same."""


class Text(Typed):
    """Words: ``{"text": "…"}``."""

    def prose(self, prompt):
        return frozenset({"text"})

    def read(self, prompt, fields):
        return _filled({"text": _text(fields, "text")})

    def fields(self, prompt, value):
        return {"text": [value.get("text", "")]}

    def is_enough(self, prompt, value):
        return count_words(value.get("text", "")) >= max(1, prompt.own.get("minimum_words", 0))

    def lines(self, prompt, value):
        return value.get("text", "").splitlines()


class Table(Typed):
    """Rows: ``{"rows": [{"id": "…", "cells": {column id: "…"}}]}``. A row without a word isn't there."""

    def prose(self, prompt):
        return frozenset(column.id for column in prompt.columns if column.kind == "text")

    def read(self, prompt, fields):
        rows = []
        for id_ in dict.fromkeys(fields.get("row", [])):
            if not _ROW_ID.fullmatch(id_):
                continue
            cells = _filled({column.id: self._cell(fields, id_, column) for column in prompt.columns})
            if cells:
                rows.append({"id": id_, "cells": cells})
        if len(rows) > ROWS_LIMIT:
            raise TooLong(len(rows))
        return {"rows": rows} if rows else {}

    def fields(self, prompt, value):
        rows = value.get("rows", [])
        found = {"row": [row["id"] for row in rows]}
        for row in rows:
            for column in prompt.columns:
                found[f"cell-{row['id']}-{column.id}"] = [row["cells"].get(column.id, "")]
        return found

    def lines(self, prompt, value):
        return [
            " · ".join(
                column.shown(row["cells"][column.id])
                for column in prompt.columns
                if row["cells"].get(column.id)
            )
            for row in value.get("rows", [])
        ]

    def reported(self, prompt, value, answers):
        rows = value.get("rows", [])
        cells = [[row["cells"].get(column.id, "") for column in prompt.columns] for row in rows]
        if not rows:
            return None
        # Days stay as they are stored; each reader's language writes them, so their columns are told.
        days = [at for at, column in enumerate(prompt.columns) if column.kind == "date"]
        return {"columns": [column.title for column in prompt.columns], "rows": cells, "days": days}

    def _cell(self, fields, row_id, column) -> str:
        text = _text(fields, f"cell-{row_id}-{column.id}", CELL_LIMIT)
        return text if column.kind != "choice" or text in column.choices else ""


class Scale(Typed):
    """A mark: ``{"mark": 3}``."""

    def read(self, prompt, fields):
        mark = _first(fields, "mark")
        return {"mark": int(mark)} if mark.isdecimal() and int(mark) in prompt.scale else {}

    def fields(self, prompt, value):
        return {"mark": [str(value["mark"])] if "mark" in value else []}

    def lines(self, prompt, value):
        return [f"{value['mark']} / {prompt.scale[-1]}"] if "mark" in value else []

    def reported(self, prompt, value, answers):
        """The mark, and beside a late one what it was early."""
        if "mark" not in value:
            return None
        early = answers.get(prompt.own.get("pair") or "", {}) if prompt.own.get("moment") == "late" else {}
        return {
            "mark": value["mark"],
            "of": prompt.scale[-1],
            "low": prompt.own.get("low", ""),
            "high": prompt.own.get("high", ""),
            "early": early.get("mark"),
        }


class Choice(Typed):
    """One option, ``{"choice": id}``, or several, ``{"chosen": [id, …]}``."""

    def read(self, prompt, fields):
        offered = [option.id for option in prompt.options]
        if prompt.own.get("several"):
            chosen = [id_ for id_ in offered if id_ in fields.get("choice", [])]
            return {"chosen": chosen} if chosen else {}
        return {"choice": _first(fields, "choice")} if _first(fields, "choice") in offered else {}

    def fields(self, prompt, value):
        return {"choice": _chosen(value)}

    def lines(self, prompt, value):
        return [option.title for option in prompt.options if option.id in _chosen(value)]


class Decision(Typed):
    """What was decided: ``{"choice": id, "reasons": "…", "conditions": "…", "review_on": "2027-05-01"}``."""

    WORDS = ("reasons", "conditions")

    def prose(self, prompt):
        return frozenset(self.WORDS)

    def read(self, prompt, fields):
        asked = [name for name in self.WORDS if prompt.own.get(name)]
        value = {name: _text(fields, name) for name in asked}
        if prompt.own.get("review_on"):
            value["review_on"] = _text(fields, "review_on", 10)
        return _filled(Choice().read(prompt, fields) | value)

    def fields(self, prompt, value):
        words = {name: [value.get(name, "")] for name in (*self.WORDS, "review_on") if prompt.own.get(name)}
        return {"choice": _chosen(value), **words}

    def is_enough(self, prompt, value):
        words = [name for name in self.WORDS[:1] if prompt.own.get(name)]
        return "choice" in value and all(value.get(name) for name in words)

    def lines(self, prompt, value):
        words = [value[name] for name in (*self.WORDS, "review_on") if value.get(name)]
        return Choice().lines(prompt, value) + words

    def reported(self, prompt, value, answers):
        chosen = next((option.title for option in prompt.options if option.id == value.get("choice")), "")
        found = {"decided": chosen, **{name: value.get(name, "") for name in (*self.WORDS, "review_on")}}
        return found if any(found.values()) else None


class Data(Kind):
    """Figures: ``{"columns": [{"title", "kind"}], "rows": [["…", None]], "source", "on", "shown"}``.

    ``None`` is a number that is hidden; ``shown`` is the place of the column that the chart draws.
    """

    def is_enough(self, prompt, value):
        return bool(value.get("rows"))

    def lines(self, prompt, value):
        rows = [[column["title"] for column in value.get("columns", [])], *value.get("rows", [])]
        said = [" · ".join("*" if cell is None else cell for cell in row) for row in rows if row]
        return [*said, *filter(None, [value.get("source")])]

    def reported(self, prompt, value, answers):
        """The table, and which chart of it its prompt wants."""
        if not value.get("rows"):
            return None
        kept = {name: value[name] for name in ("columns", "rows", "source") if value.get(name)}
        return kept | {"shown": value.get("shown"), "chart": prompt.own.get("chart", "bar")}


KINDS: dict[str, Kind] = {
    "text": Text(),
    "table": Table(),
    "scale": Scale(),
    "choice": Choice(),
    "decision": Decision(),
    "data": Data(),
    MINUTES: Text(),
}


def _chosen(value: dict) -> list[str]:
    return value.get("chosen") or ([value["choice"]] if "choice" in value else [])


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, [])), "")


def _text(fields: Fields, name: str, limit: int = LIMIT) -> str:
    """A text as it was typed, but for a browser's line ends and what a database can't hold."""
    text = _first(fields, name).replace("\r\n", "\n").replace("\0", "")
    if len(text) > limit:
        raise TooLong(len(text))
    return text if text.strip() else ""


def _filled(value: dict) -> dict:
    return {name: part for name, part in value.items() if part}


def plain_lines(value) -> list[str]:
    """The words in a stored value whose prompt is gone, so that nothing says what its parts are called."""
    if isinstance(value, dict):
        return [line for name, part in value.items() if name != "id" for line in plain_lines(part)]
    if isinstance(value, list):
        return [line for part in value for line in plain_lines(part)]
    return str(value).splitlines()
