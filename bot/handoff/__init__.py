"""The handoff: from a person's request to a professional who has it, with nothing lost on the way."""
