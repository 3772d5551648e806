"""Question files in, figures and a report out."""
