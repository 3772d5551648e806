"""Question files made from a library."""
