"""What each block looks like filled in: shown to editors when they choose one."""

TEXT = {
    "body": (
        "<p>In the second week of October, Ms. Okafor handed back the first lab reports. Four came back with "
        "a single word on top: <i>Nice!</i> Nobody had told those students what would have made the report "
        "better.</p><p>Kindness that asks for nothing is heard as a verdict. A <b>warm demander</b> does two "
        "things at once: insists on the work, and makes it plain that the insisting comes from belief.</p>"
    )
}

HEADING = {"text": "What a student can hear"}

IMAGE = {
    "alt": "Two piles of essays on a counter: one with arrows and questions, one with small suns.",
    "decorative": False,
    "caption": "The same afternoon, the same teacher, two kinds of feedback.",
}

VIDEO = {
    "title": "Three teachers read a draft aloud",
    "src": "https://video.example.org/three-teachers",
    "transcript": "<p><b>Ms. Lund:</b> I read it twice before I pick up a pen. The second time I look for "
    "the sentence that I want more of.</p>",
    "minutes": 4,
}

AUDIO = {
    "title": "What Ms. Okafor reads out",
    "file": None,
    "transcript": "<p>“Your second claim is the strong one. Bring it the evidence the first one has; "
    "I’ll read it again Thursday.”</p>",
    "minutes": 1,
}

QUOTE = {
    "text": "She never let me off. She also never let me fall.",
    "who": "From a listening session with former students, used with permission",
}

CALLOUT = {
    "title": "Two ways to miss",
    "tone": "try",
    "body": "<p><b>Comfort without demand</b> protects the student from this assignment and leaves them "
    "unprepared for the next.</p><p><b>Demand without warmth</b> is heard as <i>prove that you belong "
    "here</i>.</p>",
}

ACCORDION = {
    "items": [
        {
            "title": "What if the student shuts down?",
            "body": "<p>Then the first demand is a small one, and you are beside them for it.</p>",
        },
        {
            "title": "What if there are thirty-two of them?",
            "body": "<p>Five names a week, on a card in your pocket.</p>",
        },
    ]
}

TABLE = {
    "caption": "The parts of a warm demand",
    "table": {
        "columns": [
            {"type": "text", "heading": "Part"},
            {"type": "text", "heading": "What it does"},
            {"type": "text", "heading": "For example"},
        ],
        "rows": [
            {
                "values": [
                    "<p><b>What is strong</b></p>",
                    "<p>Shows that you read it</p>",
                    "<p>“Your second claim is the strong one.”</p>",
                ]
            },
            {
                "values": [
                    "<p><b>What comes next</b></p>",
                    "<p>Asks for more of it</p>",
                    "<p>“Bring it the evidence that the first one has.”</p>",
                ]
            },
        ],
    },
}

RESOURCE = {
    "title": "A page of sentence starters for feedback",
    "summary": "Twelve openings that name a strength and ask for the next step. Keep it beside your stack.",
    "link": "https://www.example.org/sentence-starters",
}

SCENARIO = {
    "situation": "<p>Yusuf turns in an essay a week late. It is the best thing that he has written, and it "
    "is missing the second source that the assignment asks for.</p>",
    "choices": [
        {
            "text": "<p>Accept it as it is. He has a lot going on at home.</p>",
            "feedback": "<p>He asked for nothing, and you decided that this is as far as he goes.</p>",
        },
        {
            "text": "<p>Mark it late and incomplete. The same rules hold for everyone.</p>",
            "feedback": "<p>The rule is kept. What did he learn about his essay?</p>",
        },
        {
            "text": "<p>Ask for the second source by Thursday, and say when you are free to help.</p>",
            "feedback": "<p>He hears that the work is worth finishing, and that you will be there.</p>",
            "best": True,
        },
    ],
}

CHECK = {
    "kind": "single",
    "question": "<p>Which note on a draft is the warm demand?</p>",
    "answers": [
        {
            "text": "<p>“Great job! I can tell that you worked hard.”</p>",
            "feedback": "<p>It praises effort, and leaves the writer with nothing to do next.</p>",
        },
        {
            "text": "<p>“Your second claim is the strong one. Bring it the evidence the first one has.”</p>",
            "correct": True,
            "feedback": "<p>It names what is strong, and asks for more of it.</p>",
        },
        {
            "text": "<p>“See me about missing evidence. −10.”</p>",
            "feedback": "<p>It names the gap. The student learns the price, not the next step.</p>",
        },
    ],
    "attempts": 0,
    "pass_mark": 100,
    "required": True,
}

POOL = {
    "title": "Warm demands, once more",
    "questions": [
        {"kind": CHECK["kind"], "question": CHECK["question"], "answers": CHECK["answers"]},
        {
            "kind": "truefalse",
            "question": "<p>A warm demand lowers the bar for a student who has a lot going on.</p>",
            "answers": [
                {
                    "text": "<p>True</p>",
                    "feedback": "<p>That is comfort without demand: it is kind today, and asks nothing.</p>",
                },
                {
                    "text": "<p>False</p>",
                    "correct": True,
                    "feedback": "<p>The bar stays, and so do you, until the student is over it.</p>",
                },
            ],
        },
    ],
    "draw": 1,
    "right": 0,
    "shuffle": True,
    "attempts": 0,
    "required": True,
}

REFLECTION = {
    "question": "<p>Think of one student whose work you have praised without asking for more. What were you "
    "protecting: the student, or yourself?</p>",
    "guidance": "<p>Use an initial, not a name.</p>",
    "kind": "text",
    "steps": 5,
    "low": "",
    "high": "",
    "starters": "I praised it because\nWhat I did not ask for was",
    "before": "",
    "quotes": "",
    "minimum_words": 80,
    "share": "private",
    "required": True,
}

ACTION = {
    "what": "<p>On Monday, give one warm demand in writing, and keep a copy.</p>",
    "in_days": 9,
    "required": False,
}

VARIANTS = {
    "options": [
        {
            "audiences": ["elementary"],
            "blocks": [
                {
                    "type": "text",
                    "value": {
                        "body": "<p>Mr. Reyes reads aloud with his second graders. When Amina loses her "
                        "place, he finds it for her before she can look. When Connor loses his, he waits.</p>"
                    },
                }
            ],
        }
    ],
    "otherwise": [
        {
            "type": "text",
            "value": {
                "body": "<p>At a staff meeting, every question about data goes to the same two people. "
                "Everyone agrees that they are the ones who <i>like</i> numbers.</p>"
            },
        }
    ],
}

LOCAL = {
    "anchor": "building-words",
    "name": "Your own first week",
    "otherwise": [
        {
            "type": "text",
            "value": {
                "body": "<p>As you read, think of {building}, and of what it has set out to do: {goal}.</p>"
            },
        }
    ],
}
