"""What the measuring scripts count."""
