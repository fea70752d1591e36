"""What the words of one message say: treatments, order, cues, tense. No decision and no memory."""
