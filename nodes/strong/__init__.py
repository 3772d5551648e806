"""The profile of models that follow instructions: one call a step, sources marked by the model."""
