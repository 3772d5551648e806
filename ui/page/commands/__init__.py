"""What a reader can have done in the chat by a word that begins with a slash."""
