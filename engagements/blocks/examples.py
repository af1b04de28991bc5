"""What each prompt looks like filled in: shown to editors when they choose one."""

TEXT = {
    "label": "What would be different for students, and by when?",
    "help": "<p>Name the students and the place. “Better outcomes for all” can't be followed up.</p>",
}

TABLE = {
    "label": "Whom does it touch?",
    "help": "<p>One row for each group. Say how they are touched, not what you think of it.</p>",
    "columns": [
        {"anchor": "who", "title": "Who", "kind": "text"},
        {"anchor": "how", "title": "How it reaches them", "kind": "text"},
        {"anchor": "asked", "title": "Asked already?", "kind": "choice", "choices": "Yes\nNot yet"},
    ],
}

VOICES = {
    "label": "Whom did you ask, and what did they say?",
    "help": "<p>Their words before yours. Ask each person how they want to be named.</p>",
    "least": 3,
}

SCALE = {
    "label": "When a decision is mine alone, I ask those whom it touches before I make it.",
    "low": "Hardly ever",
    "high": "Every time",
    "steps": 5,
}

CHOICE = {
    "label": "What are you looking at?",
    "options": [
        {"anchor": "policy", "title": "A policy"},
        {"anchor": "practice", "title": "A practice that nobody wrote down"},
        {"anchor": "program", "title": "A program"},
    ],
}

DATA = {
    "label": "The figures, taken apart by group",
    "help": "<p>Counts of students, never a row for each. Groups of fewer than ten are hidden.</p>",
}

FILE = {"label": "The policy as it stands today", "help": "<p>A PDF or a picture of the page.</p>"}

DECISION = {
    "label": "What do you decide?",
    "options": [
        {"anchor": "as-it-is", "title": "Keep it as it is"},
        {"anchor": "changed", "title": "Keep it, changed"},
        {"anchor": "end", "title": "End it"},
    ],
}

AGREEMENT = {"label": "I will speak for myself, and leave what others said in this room."}

ACTIONS = {
    "label": "What happens next, who does it, and until when?",
    "help": "<p>One person for each item: two owners are none.</p>",
}
