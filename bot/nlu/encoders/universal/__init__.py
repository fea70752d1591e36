"""Universal Sentence Encoder, multilingual, 16 languages, offline: small pieces of words and a few thin layers."""
