"""Which treatment a date or a length belongs to, what is left open, and the arithmetic on it."""
