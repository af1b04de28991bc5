"""What is written of an edition: the whole form of its page, as the draft fills it or a browser sends it.

It lies on a desk (:mod:`cms.edition_desk`), and changes nothing; :mod:`cms.editions` keeps its words.
"""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms import edition_forms as forms
from cms import editions, pieces
from cms.edition_desk import Desk, PlaceSheet, label_of
from cms.models import ModulePage

#: An edition that adds more would be a course of its own; and a browser's form has its limits.
MOST_PIECES = 60


@dataclass
class ModuleSheet:
    """A module on the form."""

    module: ModulePage
    standing_form: forms.StandingForm
    places: list[PlaceSheet]

    @property
    def pieces(self) -> list:
        """All that the edition adds to the module, in order."""
        return [piece for place in self.places for piece in place.pieces]

    @property
    def has_errors(self) -> bool:
        """Does something in it need another look?"""
        return any(form.errors for form in (self.standing_form, *self.pieces) if form.is_bound)

    @property
    def is_ours(self) -> bool:
        """Does the edition change it?"""
        return bool(self.pieces or self.standing_form["standing"].value())


@dataclass(frozen=True)
class Difference:
    """Something that two drafts say differently; empty where one says nothing."""

    label: str
    ours: str
    theirs: str


class Manuscript:
    """The whole form: what is said of the course, each module's standing, and the pieces in order."""

    def __init__(self, desk: Desk, *, form, standings: dict, pieces: list, strays: list):
        self.desk, self.form, self.standings, self.pieces, self.strays = desk, form, standings, pieces, strays

    @classmethod
    def of_draft(cls, desk: Desk, *, credit: str = "") -> "Manuscript":
        """The form as the draft fills it; ``credit`` is proposed where there is no draft."""
        draft, changes = desk.draft, desk.changes
        initial = {name: getattr(draft, name) for name in ("welcome", "goal", "credit", "due_in_days")}
        initial["credit"] = initial["credit"] or ("" if desk.edition.pk else credit)
        return cls(
            desk,
            form=forms.EditionForm(initial={**initial, "based_on": desk.based_on}),
            standings={
                key: _standing_form(
                    desk,
                    module,
                    initial={"standing": changes.standings.get(key, ""), "turn": _turn(draft, key)},
                )
                for key, module in desk.modules.items()
            },
            pieces=[_piece_form(desk, piece) for piece in changes.pieces],
            strays=[_stray_form(desk, change) for change in changes.strays],
        )

    @classmethod
    def of_post(cls, desk: Desk, post) -> "Manuscript":
        """The form as a browser sent it; what no form of ours could have sent is passed over."""
        sent = list(dict.fromkeys(post.getlist("piece")))[:MOST_PIECES]
        found = [_piece_sent(desk, id_, post) for id_ in sent]
        return cls(
            desk,
            form=forms.EditionForm(post),
            standings={key: _standing_form(desk, module, data=post) for key, module in desk.modules.items()},
            pieces=[_piece_form(desk, piece, data=post) for piece in found if piece],
            strays=[_stray_form(desk, change, data=post) for change in desk.changes.strays],
        )

    @property
    def all_forms(self) -> list:
        """Every form of the page."""
        return [self.form, *self.standings.values(), *self.pieces, *self.strays]

    def is_valid(self) -> bool:
        """Can all of it be kept? An edition that doesn't say anything isn't begun."""
        if not self.faulty and self.desk.edition.pk is None and not self._says_anything():
            self.form.add_error(
                None, _("Nothing is written yet: begin with the welcome, or add something below.")
            )
        return not self.faulty

    def _says_anything(self) -> bool:
        said = [self.form.cleaned_data[name] for name in ("welcome", "goal", "due_in_days")]
        of_modules = [any(form.cleaned_data.values()) for form in self.standings.values()]
        return any([*said, *of_modules, *self.pieces])

    @property
    def faulty(self) -> list:
        """The forms that need another look: all of them are asked, so that all is said at once."""
        return [form for form in self.all_forms if form.is_bound and form.errors]

    def words(self) -> editions.Words:
        """What is to be kept. Only of a valid form."""
        desk, cleaned = self.desk, self.form.cleaned_data
        said = {key: form.cleaned_data["standing"] for key, form in self.standings.items()}
        changes = pieces.Changes(
            standings={key: standing for key, standing in said.items() if standing},
            pieces=[form.piece() for form in self.pieces],
        )
        for form in self.strays:
            _settle(form, changes)
        pages = {key: module.pk for key, module in desk.modules.items()}
        return editions.Words(
            welcome=cleaned["welcome"],
            goal=cleaned["goal"],
            credit=cleaned["credit"],
            due_in_days=cleaned["due_in_days"],
            order=self._order(),
            changes=pieces.together(changes, pages, desk.draft.changes.raw_data),
        )

    def _order(self) -> list[str]:
        """Keys of the modules that have a turn, by it; of two with the same, the earlier one first."""
        turns = {str(key): form.cleaned_data["turn"] for key, form in self.standings.items()}
        return sorted((key for key in turns if turns[key]), key=turns.__getitem__)

    def sheets(self) -> list[ModuleSheet]:
        """The modules in order, with their places and the pieces at them."""
        return [self.sheet(key) for key in self.desk.modules]

    def sheet(self, key) -> ModuleSheet:
        """One module, with its places and the pieces at them."""
        module = self.desk.modules[key]
        places = {place.name: place for place in self.desk.place_sheets(module)}
        for form in self.pieces:
            if form.module.translation_key == key:
                name = form.place
                if name not in places:
                    places[name] = PlaceSheet(name, label_of(name), is_gone=True)
                places[name].pieces.append(form)
        return ModuleSheet(module, self.standings[key], list(places.values()))

    # --- buttons: each changes the form, and keeps nothing -----------------------------------------------

    def add(self, key, place: str, kind: str) -> bool:
        """Put an empty piece at a place; False when there is no room, or no such place."""
        module = self.desk.modules.get(key)
        known = module is not None and place in dict(self.desk.places(module)) and kind in forms.FORMS
        if not known or len(self.pieces) >= MOST_PIECES:
            return False
        form = _piece_form(self.desk, pieces.Piece(key, place, forms.fresh(kind)))
        form.own_fields[0].field.widget.attrs["autofocus"] = True
        self.pieces.append(form)
        return True

    def remove(self, id_: str) -> None:
        """Take a piece out."""
        self.pieces = [form for form in self.pieces if form.id != id_]

    def move(self, id_: str, step: int) -> None:
        """Move a piece among those of its place: ``step`` is -1 (up) or 1 (down)."""
        form = self.piece(id_)
        if form is None:
            return
        here = [one for one in self.pieces if (one.module, one.place) == (form.module, form.place)]
        to = here.index(form) + step
        if 0 <= to < len(here):
            one, other = self.pieces.index(form), self.pieces.index(here[to])
            self.pieces[one], self.pieces[other] = self.pieces[other], self.pieces[one]

    def piece(self, id_: str):
        """The form of a piece, if it is there."""
        return next((form for form in self.pieces if form.id == id_), None)

    def differences(self, other: "Manuscript") -> list[Difference]:
        """Where ``other`` says something else than this one."""
        found = [
            Difference(str(field.label), _shown(field), _shown(other.form[field.name]))
            for field in self.form.visible_fields()
        ]
        for key, form in self.standings.items():
            title = self.desk.modules[key].title
            found.append(Difference(title, _chosen(form), _chosen(other.standings[key])))
            turns = _shown(form["turn"]), _shown(other.standings[key]["turn"])
            found.append(Difference(f"{title}: {form['turn'].label}", *turns))
        ours, theirs = {one.id: one for one in self.pieces}, {one.id: one for one in other.pieces}
        for form in [*self.pieces, *(form for form in other.pieces if form.id not in ours)]:
            label = f"{form.module.title}: {form.label}"
            found.append(Difference(label, _told(ours.get(form.id)), _told(theirs.get(form.id))))
        return [difference for difference in found if difference.ours != difference.theirs]

    def unbound(self) -> "Manuscript":
        """The same words without a verdict on them: nobody is told off for pressing *Add*."""
        desk = self.desk
        return Manuscript(
            desk,
            form=forms.EditionForm(initial=_values(self.form)),
            standings={
                key: _standing_form(desk, desk.modules[key], initial=_values(form))
                for key, form in self.standings.items()
            },
            pieces=[form.with_values(_values(form)) for form in self.pieces],
            strays=[_stray_form(desk, form.change, initial=_values(form)) for form in self.strays],
        )


def _turn(draft, key) -> int | None:
    """Its turn in the order that the draft advises, from 1."""
    return draft.order.index(str(key)) + 1 if str(key) in draft.order else None


def _shown(field) -> str:
    value = field.value()
    return str("" if value is None else value).replace("\r\n", "\n").strip()


def _chosen(form) -> str:
    value = form["standing"].value() or ""
    return str(dict(form.fields["standing"].choices).get(value, value))


def _told(form) -> str:
    if form is None:
        return ""
    return "\n".join(_shown(field) for field in form.own_fields) or form.excerpt


def _values(form) -> dict:
    return {field.name: field.value() for field in form}


def _standing_form(desk, module, **kwargs):
    as_written = desk.tailored.standing(module, desk.reader)
    return forms.StandingForm(prefix=str(module.translation_key), as_written=as_written, **kwargs)


def _piece_form(desk, piece: pieces.Piece, data=None):
    form, module = forms.FORMS.get(piece.kind, forms.PieceForm), desk.modules[piece.module]
    places = desk.places(module)
    if piece.place not in dict(places):
        places.append((piece.place, _("“%(name)s”, which is gone") % {"name": label_of(piece.place)}))
    initial = {**form.initial_of(piece.stored["value"]), "where": piece.place}
    return form(data, module=module, places=places, stored=piece.stored, initial=initial)


def _stray_form(desk, change, **kwargs):
    prefix = f"stray-{change['id']}"
    return forms.StrayForm(prefix=prefix, change=change, modules=list(desk.modules.values()), **kwargs)


def _piece_sent(desk, id_: str, post) -> pieces.Piece | None:
    """The piece that a browser sent under ``id_``: a known one, or a new one with an id that is free."""
    known = desk.stored.get(id_)
    key, place = _key(post.get(f"{id_}-module")), post.get(f"{id_}-where", "")
    if known:
        return known
    kind = post.get(f"{id_}-kind")
    if _key(id_) is None or id_ in desk.masters_ids or key not in desk.modules or kind not in forms.FORMS:
        return None
    names = dict(desk.places(desk.modules[key]))
    return pieces.Piece(key, place if place in names else "end", {**forms.fresh(kind), "id": id_})


def _key(text) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except (TypeError, ValueError):
        return None


def _settle(form, changes: pieces.Changes) -> None:
    """Do with a stray what its author chose."""
    fate, change = form.cleaned_data["fate"], form.change
    if not fate:
        changes.strays.append(change)
    elif fate != form.REMOVE:
        for block in change["value"].get("blocks") or ():
            changes.pieces.append(pieces.Piece(uuid.UUID(fate), "end", block))
