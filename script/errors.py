"""What can go wrong with a source."""


class ArticleError(Exception):
    """The source could not be read as an article; the message says what, where and the remedy."""
