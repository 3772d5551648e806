"""The chat model that runs inside the program."""
