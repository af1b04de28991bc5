"""HTTP in, a report asked, a template out."""
