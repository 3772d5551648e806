"""What a reader of the chat prefers, kept by user: the form, what it changes, and what shows it."""
