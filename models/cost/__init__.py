"""What calls cost, and the budget of a day."""
