"""What a message is about: the classifier's word, corrected by structure, conversation and, above all, safety."""
