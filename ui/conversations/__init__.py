"""Conversations, kept in chats.db: what was said, what it cites, and what the graph remembers."""
