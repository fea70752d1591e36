"""all-MiniLM-L6-v2, the sentence embedding model, offline: its tokenizer file and the encoder over it."""
