"""Sentences tied to their sources and checked against them."""
