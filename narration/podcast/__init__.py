"""The episode as a podcast: feed, transcripts, chapters, cover, pages, and the server that shows them."""
