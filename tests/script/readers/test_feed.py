import json

import pytest

import script
from script.errors import ArticleError

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour</title><language>en-gb</language>{}</channel></rss>"""
NEWEST = """<item><title>The &lt;i&gt;lamp&lt;/i&gt; &amp;amp; we</title><link>https://a.example/1</link>
<dc:creator>Ann Keeper</dc:creator><pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate><description>In short.</description>
<content:encoded><![CDATA[<p>It is&nbsp;lit.</p><h2>Why</h2><ul><li>Dusk</li></ul>]]></content:encoded></item>"""
OLDER = """<item><title>Older</title><author>b@a.example (Ben Ohm)</author>
<description>&lt;p&gt;It was dark.</description></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>F</title><author><name>Cy Tate</name></author>
<entry><title type="html">Eine &amp;amp; zwei</title><published>2024-05-01T10:00:00Z</published><summary>Kurz.</summary>
<link rel="alternate" href="https://a.example/2"/><content{}</content></entry></feed>"""


def read(feed, **options):
    return script.read(feed.encode(), **options)


def lines(article):
    return [(block.kind, block.text) for block in article.blocks]


def test_rss_entry_is_an_article_with_its_metadata():
    article = read(RSS.format(NEWEST))
    assert (article.title, article.author, article.date) == ("The lamp & we", "Ann Keeper", "2024-05-01")
    assert (article.language, article.description, article.notes) == ("en-gb", "In short.", ())
    assert lines(article) == [("paragraph", "It is lit."), ("heading", "Why"), ("item", "Dusk")]


def test_first_entry_is_read_and_the_others_are_noted():
    article = read(RSS.format(NEWEST + OLDER))
    assert article.title == "The lamp & we"
    assert article.notes == ("The feed holds 2 articles; this is the first.",)


def test_entry_is_chosen_by_its_number():
    article = read(RSS.format(NEWEST + OLDER), entry=2)
    assert (article.title, article.author, article.notes) == ("Older", "Ben Ohm", ())
    assert article.text() == "It was dark."


@pytest.mark.parametrize("entry", [0, 3, -1])
def test_entry_that_is_not_there_is_refused(entry):
    with pytest.raises(ArticleError, match=f"has 2 entries, numbered from 1; there is no entry {entry}"):
        read(RSS.format(NEWEST + OLDER), entry=entry)


def test_entry_of_what_is_no_feed_is_refused():
    with pytest.raises(ArticleError, match="is not a feed, so it has no entry 2"):
        script.read("Text.", format="plain", entry=2)


@pytest.mark.parametrize(
    "content",
    [
        ' type="html">&lt;p&gt;Es &lt;b&gt;brennt&lt;/b&gt;.&lt;/p&gt;',
        ' type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Es <b>brennt</b>.</p></div>',
        ' type="text">Es brennt.',
        ">Es brennt.",
    ],
)
def test_atom_entry_is_read_whatever_it_holds(content):
    article = read(ATOM.format(content))
    assert (article.title, article.author, article.date) == ("Eine & zwei", "Cy Tate", "2024-05-01")
    assert (article.language, article.text()) == ("de", "Es brennt.")


def test_atom_entry_elsewhere_is_read_by_its_summary():
    assert read(ATOM.format(' src="https://a.example/x" type="image/png">')).text() == "Kurz."


def test_rss_of_1_0_is_read():
    item = "<item><title>T</title><description>Text.</description></item>"
    feed = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">{item}</rdf:RDF>'
    assert read(feed).text() == "Text."


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ({"content_html": "<p>It is lit.", "content_text": "No."}, "It is lit."),
        ({"content_text": "It is\n\nlit."}, "It is\n\nlit."),
        ({"summary": "In short."}, "In short."),
        ({"content_text": "a\ud800b\0", "title": 5, "authors": "x", "url": None}, "ab"),
    ],
)
def test_json_feed_is_read(item, text):
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [item]}
    assert read(json.dumps(feed)).text() == text


def test_json_feed_says_author_and_date():
    item = {"content_text": "a", "title": "T", "authors": [{"name": "Ann"}], "date_published": "2024-05-01T10:00:00Z"}
    article = read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": [item]}))
    assert (article.title, article.author, article.date) == ("T", "Ann", "2024-05-01")


def test_entry_without_text_names_its_page():
    with pytest.raises(ArticleError, match=r"has no text of its own; give the page itself, https://a\.example/3\."):
        read(RSS.format("<item><title>T</title><link>https://a.example/3</link></item>"))


def test_feed_in_another_encoding_is_read():
    feed = RSS.format("<item><title>T</title><description>Маяк</description></item>").replace('"utf-8"', '"koi8-r"')
    assert script.read(feed.encode("koi8-r")).text() == "Маяк"


@pytest.mark.parametrize(
    ("feed", "says"),
    [
        (RSS.format(""), "has no entries"),
        ("<rss><channel><item>", "has no text of its own"),
        ("no feed", "is not a feed that can be read"),
        ("<a/>", "is not a feed that can be read"),
        ("{", "is not a feed that can be read"),
        ('{"items": 5}', "has no entries"),
        ('{"items":' + "[" * 100_000, "is not a feed that can be read"),
        ("<rss>" * 5000, "has no entries"),
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(feed, says):
    with pytest.raises(ArticleError, match=says):
        script.read(feed, format="feed")


def test_entities_are_neither_defined_nor_fetched():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "lol"><!ENTITY x SYSTEM "file:///etc/passwd">{laughs}]>'
    feed = RSS.format("<item><title>T</title><description>a &x; b &l19;</description></item>")
    assert len(read(feed.replace("<rss", doctype + "<rss", 1)).text()) < 20


def test_endless_line_is_read():
    feed = RSS.format(f"<item><title>T</title><description>{'word ' * 400_000}</description></item>")
    assert len(read(feed).text()) == 1_999_999
