"""Question files, batches and scores."""
