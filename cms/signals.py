"""What content tells the apps above it."""

from django.dispatch import Signal

#: A reader may now get something else from a course: it, one of its modules, an edition or an audience
#: was published, taken back, moved, changed or deleted. Sends ``course_key`` (a UUID; None: any course).
#: Sent inside the transaction of the change, so a receiver waits for its commit.
course_changed = Signal()
