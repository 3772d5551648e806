"""One manner for all chat models: what each bears is known, found out and remembered."""
