"""What the main pages cost, beside a bare Wagtail page with the same blocks, in one run."""
