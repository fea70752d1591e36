"""What the case is: the reading of a message and the memory of its conversation, resolved once."""
