"""Questions to begin with: from the papers that are in, by code at once and by the chat model meanwhile."""
