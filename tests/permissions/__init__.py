"""Who may open what: one table of every address and every role."""
