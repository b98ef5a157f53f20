from base64 import b64decode
from io import BytesIO

import pytest
from mutagen._vorbis import VComment
from mutagen.flac import Picture

from audio.episode import Chapter, Cover, Tags
from audio.formats.vorbis_comments import chapter_comments, comment_block, picture_block, picture_comment, tag_comments

COVER = Cover(b"\x89PNG", "image/png", 3, 4)


def test_block_is_read_back_in_order():
    comments = [("TITLE", "Größe"), ("ARTIST", "a=b"), ("TITLE", "")]
    read = VComment(BytesIO(comment_block("vendor", comments)), framing=False)
    assert (read.vendor, list(read)) == ("vendor", comments)


def test_chapters_are_numbered_from_000():
    comments = chapter_comments([Chapter("One", 0), Chapter("Two", 44_100 * 3_661 + 22_050)], 44_100)
    assert comments == (
        ("CHAPTER000", "00:00:00.000"),
        ("CHAPTER000NAME", "One"),
        ("CHAPTER001", "01:01:01.500"),
        ("CHAPTER001NAME", "Two"),
    )


def test_tags_that_are_not_set_have_no_comment():
    assert tag_comments(Tags(author="Ada")) == (("ARTIST", "Ada"),)


@pytest.mark.parametrize("block", [picture_block(COVER), b64decode(picture_comment(COVER)[1])])
def test_cover_is_read_back(block):
    picture = Picture(block)
    assert (picture.data, picture.mime, picture.type) == (COVER.image, COVER.mime, 3)
    assert (picture.width, picture.height) == (3, 4)
