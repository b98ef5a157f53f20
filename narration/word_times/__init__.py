"""Words, and when each is heard where the engine does not say so itself."""
