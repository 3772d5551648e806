"""A file into a paper: pages, reading order, headings, tables, chunks."""
