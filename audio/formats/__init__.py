"""One file per output format: an episode becomes a file."""
