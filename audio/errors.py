"""What can go wrong with sound."""


class AudioError(Exception):
    """Sound could not be read, edited, encoded or written; the message says what, where and the remedy."""
