"""From files to passages and back."""
