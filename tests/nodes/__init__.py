"""The steps, one by one, with a scripted model."""
