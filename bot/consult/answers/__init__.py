"""From a settled topic to an answer: which response to say with which values, from which passages."""
