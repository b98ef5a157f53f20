"""Pure text: an article becomes a script. Imports nothing of ours."""
