"""How an answer came about: what its reader is told of each step, and what a bug report holds."""
