"""Readers: one file for each way into an article."""
