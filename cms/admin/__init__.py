"""What PSESD's editors work with inside Wagtail's admin."""
