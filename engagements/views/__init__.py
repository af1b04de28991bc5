"""HTTP in, verb called, template out."""
