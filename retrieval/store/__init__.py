"""What a library keeps: library.db, originals, vectors, windows, postings."""
