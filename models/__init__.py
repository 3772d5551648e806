"""Chat and embedding models: OpenAI and anything that speaks its API, and the embedded ones."""
