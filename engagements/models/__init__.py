"""What a team and its coach do together: the protocol they follow, who they are, what they write."""
