"""Calls to models, recorded and played again."""
