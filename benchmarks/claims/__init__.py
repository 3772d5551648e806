"""What is shown of sentences made false, and of true ones: whatever a model says, not these."""
