"""Chat models that can be downloaded."""
