"""Names of files in a published folder that more than one room of it speaks of."""

FEED = "feed.xml"
PAGE = "index.html"
COVER, SMALL_COVER = "cover.jpg", "cover-small.jpg"
