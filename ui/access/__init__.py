"""Who may reach the chat: accounts, sign-in, host names, doors."""
