"""Text made plain: one normaliser, one tokenizer, one speller, whole-message forms."""
