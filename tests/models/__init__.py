"""Which model, how it is reached, and what is said when it fails."""
