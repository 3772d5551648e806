"""From files to passages and back: reading, cutting, the index, hybrid search, quotes on pages."""
