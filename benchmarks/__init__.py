"""What the program costs, and what each of its parts is worth."""
