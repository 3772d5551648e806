"""Fetch papers from addresses on the public internet, and from nowhere else."""
