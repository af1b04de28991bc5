"""What this app answers over HTTP, beside Wagtail's own pages."""
