"""`munheon doctor`: what is wrong with models, library and machine, and what mends it."""
