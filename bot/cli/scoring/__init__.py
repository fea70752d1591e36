"""Scores the understanding on labelled tables: what ``tandem score`` is made of."""
