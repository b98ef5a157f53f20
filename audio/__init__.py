"""Pure sound: clips become an episode. Imports nothing of ours."""
