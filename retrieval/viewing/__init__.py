"""Evidence on its page: where words stand, and pages with them marked."""
