"""End to end: the real embedded models, real servers, a real browser."""
