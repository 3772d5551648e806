"""Papers that readers bring into the chat: what arrives, whose it is, and which of them are asked."""
