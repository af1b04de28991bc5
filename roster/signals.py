"""What this app tells those above it: who works where has changed, or a place says other things of itself."""

from django.dispatch import Signal

#: Somebody's positions changed. Sent inside the transaction that changes them.
#: Keyword: ``person_ids``, a set of people's ids.
positions_changed = Signal()

#: A building or district changed what courses are tailored to: its goal, focus areas, languages or level.
#: Keywords: ``building_ids`` and ``district_ids``, sets of ids. A district's change
#: concerns all its buildings.
places_changed = Signal()
