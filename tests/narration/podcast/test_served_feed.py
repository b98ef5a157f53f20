import pytest
from lxml import etree

from narration.podcast.served_feed import served_feed

RELATIVE = b"""<?xml version="1.0"?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:podcast="https://podcastindex.org/namespace/1.0" version="2.0">
<channel><link>index.html</link><atom:link rel="self" href="feed.xml"/>
<podcast:license url="https://creativecommons.org/licenses/by/4.0/">cc-by-4.0</podcast:license>
<item><guid isPermaLink="false">episodes/one</guid><link>episodes/one/index.html</link>
<enclosure url="episodes/one/one.mp3" length="1" type="audio/mpeg"/></item></channel></rss>"""
ABSOLUTE = b"""<?xml version="1.0"?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
<channel><link>https://example.org/show/</link><atom:link rel="self" href="https://example.org/show/feed.xml"/>
<item><guid>https://example.org/show/one</guid><enclosure url="https://example.org/show/episodes/one/one.mp3"/>
<content:encoded><![CDATA[<a href="https://example.org/show/episodes/one/">1 & 2</a>]]></content:encoded>
</item></channel></rss>"""
BASE = "http://10.0.0.7:8000/secret/"


def parsed(feed):
    return etree.fromstring(served_feed(feed, BASE))


def test_relative_addresses_lead_to_where_the_feed_is_read():
    feed = parsed(RELATIVE)
    assert feed.find(".//enclosure").get("url") == BASE + "episodes/one/one.mp3"
    assert [link.text for link in feed.iter("link")] == [BASE + "index.html", BASE + "episodes/one/index.html"]


def test_addresses_of_other_places_stay():
    assert b'"https://creativecommons.org/licenses/by/4.0/"' in served_feed(RELATIVE, BASE)


def test_addresses_it_was_published_for_lead_here_also_in_show_notes():
    feed = parsed(ABSOLUTE)
    assert feed.find(".//enclosure").get("url") == BASE + "episodes/one/one.mp3"
    notes = feed.find(".//{http://purl.org/rss/1.0/modules/content/}encoded").text
    assert notes == f'<a href="{BASE}episodes/one/">1 & 2</a>'


@pytest.mark.parametrize("feed", [RELATIVE, ABSOLUTE])
def test_what_names_an_episode_for_good_stays(feed):
    assert parsed(feed).find(".//guid").text == etree.fromstring(feed).find(".//guid").text


def test_a_feed_that_is_no_xml_is_refused():
    with pytest.raises(ValueError, match="no XML"):
        served_feed(b"<rss", BASE)


def test_titles_keep_their_hexadecimal_references_where_they_are_served():
    feed = served_feed(b"<rss><channel><title>Vec&#x3C;T> &#x26; co</title></channel></rss>", BASE)
    assert b"<title>Vec&#x3C;T&gt; &#x26; co</title>" in feed
