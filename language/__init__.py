"""Pure text in Korean and English: it knows nothing of PDFs, models or the graph."""
