"""all-MiniLM-L6-v2, English, offline: its tokenizer file and the encoder over it."""
