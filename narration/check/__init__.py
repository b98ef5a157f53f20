"""Whether an episode holds every word: its takes measured, its files read back, what is wrong found."""
