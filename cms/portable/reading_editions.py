"""Reading an edition's file: what a building or a district adds to the modules of a course's folder."""

from cms.portable import fields
from cms.portable.fields import front_matter
from cms.portable.folders import CourseFolder, EditionFile
from cms.portable.grammar import NO_KEY, PASSAGE, Names
from cms.portable.markdown import line_of, tree
from cms.portable.reader import Reader

_STANDINGS = ["required", "optional", "hidden"]


class EditionReader:
    """One edition's file being read, by the reader of the whole folder, when it has the modules."""

    def __init__(self, whole, name: str, folder: CourseFolder):
        self._whole, self._name = whole, name
        self._path = f"editions/{name}.md"
        self._say = whole.notes.about(self._path)
        self._keys = {module.name: module.key for module in folder.modules}

    def read(self) -> EditionFile:
        """The edition; what it says of modules is checked against those of the folder."""
        whole, say = self._whole, self._say
        nodes = tree(whole.text(self._path)).children
        found = front_matter(nodes, say)
        whole.lines[self._path] = found.lines
        building = found.read("building", fields.words(80), default="")
        district = found.read("district", fields.words(80), default="")
        if bool(building) == bool(district):
            say(
                1,
                "An edition is of a building or a district: write “building: short-name” or “district: …”.",
            )
        elif (building or district) != self._name:
            say(1, f"The file's name is the place's short name: this one is {building or district}.md.")
        names = list(self._keys)
        edition = EditionFile(
            slug=building or district,
            of_district=bool(district),
            goal=found.read("goal", fields.words(600), default=""),
            welcome=found.read("welcome", fields.words(2000), default=""),
            credit=found.read("credit", fields.words(200), default=""),
            days=found.read("days", fields.whole(1, 365), default=None),
            order=found.read("order", fields.list_of(fields.one_of(names)), default=[]),
            standings=found.read("modules", _standings(set(names)), default={}),
        )
        found.nothing_else()
        scopes: dict[str, Reader] = {}
        for node in nodes[1:] if nodes and nodes[0].type == "front_matter" else nodes:
            self._addition(node, edition, scopes)
        for reader in scopes.values():
            whole.take_from(reader, self._path)
        return edition

    def _addition(self, node, edition: EditionFile, scopes: dict[str, Reader]) -> None:
        say, keys = self._say, self._keys
        if node.type != "container":
            say(line_of(node), "Everything stands inside :::at {module=… place=…}.")
            return
        outer = Reader(Names(NO_KEY), say)
        name, given = outer.opened(node)
        if name != "at":
            say(line_of(node), "Everything stands inside :::at {module=… place=…}.")
            return
        module, place = given.pop("module", ""), given.pop("place", "end")
        for key in given:
            say(line_of(node), f":::at has no attribute “{key}”; it takes: module, place.")
        if module not in keys:
            say(line_of(node), f"There is no module “{module}”; there are {', '.join(keys)}.")
            return
        self._check_place(module, place, line_of(node))
        if module not in scopes:
            scopes[module] = Reader(Names(keys[module] or NO_KEY, edition.slug), say)
        blocks = scopes[module].stream(node.children, PASSAGE)
        edition.additions.append((module, place, blocks))

    def _check_place(self, module: str, place, line: int) -> None:
        named = self._whole.anchors.get(module, set())
        if place not in ("start", "end") and place not in named:
            places = ", ".join(["start", "end", *sorted(named)])
            self._say(line, f"There is no place “{place}” in {module}; there are {places}.")


def _standings(modules: set[str]):
    def convert(value) -> dict:
        for module, standing in fields.mapping(value).items():
            if module not in modules:
                raise ValueError(f"there is no module “{module}”; there are {', '.join(sorted(modules))}.")
            fields.one_of(_STANDINGS)(standing)
        return dict(value)

    return convert
