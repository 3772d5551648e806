"""The graph: its paths, its runs over a fake server, its settings."""
