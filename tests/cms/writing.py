"""Writing an edition as a browser would: what a form shows, sent back with changes."""

from urllib.parse import urlencode

from bs4 import BeautifulSoup


def edition_url(place, course) -> str:
    """The page on which a place's edition of a course is written."""
    folder = f"{place._meta.model_name}s"
    return f"/{folder}/{place.slug}/courses/{course.translation_key}/edition/"


def fields_of(response) -> list[tuple[str, str]]:
    """What the edition's form would send, in its order, without a button."""
    form = BeautifulSoup(response.content, "html.parser").find("form", id="edition-form")
    found = []
    for field in form.find_all(["input", "textarea", "select"]):
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            found.append((field["name"], chosen["value"]))
        elif field.name == "textarea":
            found.append((field["name"], field.text.removeprefix("\n")))
        elif field.get("type") != "checkbox":
            found.append((field["name"], field.get("value", "")))
        elif field.has_attr("checked"):
            found.append((field["name"], "on"))
    return [pair for pair in found if pair[0] != "csrfmiddlewaretoken"]


def send(client, url, shown, *, do="save", **headers):
    """Send the form that ``shown`` shows back with ``do`` pressed; ``shown`` may be its fields, changed."""
    fields = shown if isinstance(shown, list) else fields_of(shown)
    body = urlencode([*fields, ("do", do)])
    return client.post(url, body, content_type="application/x-www-form-urlencoded", headers=headers)


def written(shown, **values) -> list[tuple[str, str]]:
    """The fields of the form with those whose names end like one of ``values`` filled in."""
    fields = shown if isinstance(shown, list) else fields_of(shown)
    return [
        (name, next((value for end, value in values.items() if name == end or name.endswith(f"-{end}")), old))
        for name, old in fields
    ]


def with_piece(client, url, module, kind, *, place="end", **values):
    """The form with one piece more, filled in, and nothing kept yet."""
    page, button = client.get(url), f"add:{module.translation_key}:{place}:{kind}"
    assert BeautifulSoup(page.content, "html.parser").find("button", value=button).text.strip()
    shown = send(client, url, page, do=button)
    return written(shown, **values)
