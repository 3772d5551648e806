"""Indexing runs that are killed at random moments: what a search sees, and what is done twice."""
