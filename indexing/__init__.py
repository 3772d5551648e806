"""Index as the settings say: what it will take, the run, contextual headers."""
