"""Hybrid search: BM25 and vectors, and how both are fused."""
