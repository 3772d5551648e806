"""The profile of small models: code around what they do badly."""
