"""Explains how one message was understood: what ``tandem explain`` is made of."""
