"""Embedding models, and vectors that can be trusted."""
