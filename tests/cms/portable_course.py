"""A small course as the files of its folder, with something of everything that travels."""

DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'><path d='M0 0h4v3z'/></svg>"
FILES = {
    "course.yaml": b"""
id: 4f0d6a0e-3c39-4e7c-9a39-2f3f4b8d9a01
title: A course
summary: About something.
service: professional-development
why: |
  Because **it matters**.
outcomes: [You will have tried.]
topics: [trying, belonging]
standards: [CCDEI 1.A]
clock_hours: {equity-based-school-practices: 1.5}
certificate: {design: cedar, signatory: "Ruth Feldman"}
approval: {number: "X-1", approved_on: 2026-06-15, valid_until: 2029-06-14}
team_service: racial-equity-tool
team_words: Take it to a rule of your own.
image: images/cover.svg
image_alt: ""
audiences: [elementary]
""",
    "audiences.yaml": b"""
elementary: {name: Elementary, description: Staff of elementary schools., include: {levels: [elementary]}}
""",
    "01-first-steps.md": b"""---
id: 00000000-0000-4000-8000-000000000001
title: First steps
minutes: 20
standards: [CCDEI 1.A]
objectives: [Take a step.]
team_service: data-coaching
---

Some words, and [more of them](02-second-steps.md).

![A shape](images/shape.svg "Seen from above")

:::shown {audience=elementary}
For {building} only.
:::

:::local {#our-place}
Where?
:::

:::reflection {#what-now words=20 share=coach}
What now?
:::

:::check {#which-one kind=single}
Which one?

- [x] This
  > Yes.
- [ ] That
:::
""",
    "02-second-steps.md": b"""---
id: 00000000-0000-4000-8000-000000000002
title: Second steps
---

More words.
""",
    "editions/heron-bend.md": b"""---
building: heron-bend
goal: every student revises
welcome: |
  Welcome, **all**.
modules: {02-second-steps: optional}
---

:::at {module=01-first-steps place=our-place}
By the bend.
:::

:::at {module=01-first-steps place=end}
::::reflection {#our-own words=10 share=building}
And here?
::::
:::
""",
    "images/cover.svg": DRAWING,
    "images/shape.svg": DRAWING.replace(b"4 3", b"8 6"),
}
