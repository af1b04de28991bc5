"""Keeping: what took work to make, kept in this process's memory under a key that says all it was made of.

Nothing here is ever deleted because something changed, and nothing needs to be: whoever keeps a thing names
it by *everything it depends on* (the text itself, or the versions of rows as the database gives them now).
What has changed has another name, in every process at once, and the old thing is never asked for again; it
falls out when its room is needed. So several processes can't disagree, and a publish touches only what it
changes.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """The ``most`` things that were asked for last."""

    def __init__(self, most: int):
        self._most = most
        self._things: OrderedDict[Hashable, Thing] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self):
        return len(self._things)

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """Return what is kept under ``key``, made now where there is none.

        Two threads that ask at once may both make it: they make the same.
        """
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
        thing = make()
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return thing

    def clear(self) -> None:
        """Forget everything; only memory is won by it."""
        with self._lock:
            self._things.clear()
