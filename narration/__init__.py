"""Narrates an article into a podcast-style episode, one paragraph at a time."""
