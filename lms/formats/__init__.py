"""How days and times are written in each language: Django's own formats, and the shorter ones of our pages.

``date:"SHORT_DAY_FORMAT"`` in a template, as with Django's names; whoever writes "M j" writes English.
"""
