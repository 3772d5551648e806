"""What the chat's server and page cost, and what they bear."""
