"""The roster's pages in Wagtail's admin: people, positions, places, the audit log, staff files."""
