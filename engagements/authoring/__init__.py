"""Protocols in Wagtail's admin: the form, the list, who may write them."""
