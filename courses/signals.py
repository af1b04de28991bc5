"""What this app tells those above it. Sent inside the transaction that makes the change.

A receiver only nudges a task (``delay_on_commit``): what it does itself would hold up a learner's save, and
a mistake in it would undo the save.
"""

from django.dispatch import Signal

#: A person is in a course now, for the first time or again. Keyword: ``enrollment``.
enrolled = Signal()

#: A person has done all that a course asks of them; sent once an enrollment. Keyword: ``enrollment``.
completed = Signal()
