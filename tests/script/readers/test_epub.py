import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import script
from script.errors import ArticleError
from tests.script.readers.epub_books import CONTAINER, book, contents, opf, packed, page


def read(content):
    return script.read(content, format="epub")


def lines(content):
    return [(block.kind, block.text) for block in read(content).blocks]


def test_pages_come_in_the_order_of_the_spine():
    found = read(book(["<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>"]))
    assert found.text() == "One.\n\nTwo.\n\nThree."


def test_metadata_comes_from_the_package_document():
    found = read(book(["<p>One.</p>"]))
    assert (found.title, found.author, found.date) == ("The Lamp", "Ann Lee and Bo Roe", "2021-04-05")
    assert (found.language, found.description) == ("en-GB", "A tale.")


def test_only_authors_are_named_as_author():
    roles = '<dc:creator opf:role="ill">Ida</dc:creator><dc:creator opf:role="aut">Ann</dc:creator>'
    assert read(book(["<p>One.</p>"], metadata=roles)).author == "Ann"


def test_table_of_contents_gives_headings_to_pages_without_any():
    found = lines(book(["<p>One.</p>", "<p>Two.</p>"], **contents(("Dusk", "p0.xhtml"), ("Dawn", "p1.xhtml"))))
    assert found == [("heading", "Dusk"), ("paragraph", "One."), ("heading", "Dawn"), ("paragraph", "Two.")]


def test_heading_of_the_page_itself_is_not_doubled():
    found = lines(book(["<h2>DUSK</h2><p>One.</p>"], **contents(("Dusk", "p0.xhtml"))))
    assert found == [("heading", "Dusk"), ("paragraph", "One.")]


def test_number_and_title_in_two_headings_become_the_one_of_the_contents():
    body = "<h2>Chapter 1</h2><h3>Loomings</h3><p>Call me Ishmael.</p>"
    found = lines(book([body], **contents(("Chapter 1: Loomings", "p0.xhtml"))))
    assert found == [("heading", "Chapter 1: Loomings"), ("paragraph", "Call me Ishmael.")]


def test_paragraph_that_is_a_title_becomes_the_heading():
    found = lines(book(['<p class="t">Dusk</p><p>One.</p>'], **contents(("Dusk", "p0.xhtml"))))
    assert found == [("heading", "Dusk"), ("paragraph", "One.")]


def test_longer_heading_of_the_page_stands_for_the_shorter_of_the_contents():
    found = lines(book(["<h2>I. Dusk</h2><p>One.</p>"], **contents(("Dusk", "p0.xhtml"))))
    assert found == [("heading", "I. Dusk"), ("paragraph", "One.")]


def test_entry_in_the_middle_of_a_page_puts_its_heading_there():
    body = '<p>One.</p><p>Tw<span id="here">o</span>.</p><p>Three.</p>'
    found = lines(book([body], **contents(("Dusk", "p0.xhtml"), ("Dawn", "p0.xhtml#here"))))
    assert [text for _, text in found] == ["Dusk", "One.", "Dawn", "Two.", "Three."]


def test_entry_within_a_list_puts_its_heading_before_the_list():
    found = lines(book(['<ul><li>A</li><li id="b">B</li></ul>'], **contents(("Dawn", "p0.xhtml#b"))))
    assert [text for _, text in found] == ["Dawn", "A", "B"]


def test_nested_entries_have_deeper_levels():
    nav = '<nav epub:type="toc"><ol><li><span>Part</span><ol><li><a href="p0.xhtml">Dusk</a></li></ol></li></ol></nav>'
    package = contents()
    package["files"]["nav.xhtml"] = page(nav)
    assert read(book(["<p>One.</p>"], **package)).blocks[0].level == 2


def test_contents_of_an_epub_2_are_understood():
    point = '<navPoint><navLabel><text>Dusk</text></navLabel><content src="p0.xhtml#x"/></navPoint>'
    ncx = f"<ncx><navMap>{point}</navMap></ncx>"
    item = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    found = lines(book(["<p>One.</p>"], files={"toc.ncx": ncx}, manifest=item))
    assert found == [("heading", "Dusk"), ("paragraph", "One.")]


def test_pages_outside_the_reading_order_are_left_out_with_a_note():
    found = read(book(["<p>One.</p>"], spine='<itemref idref="i0" linear="no"/>'))
    assert found.notes == ("1 page outside the book's reading order left out.",)


@pytest.mark.parametrize(
    ("sort", "name"),
    [("cover", "cover"), ("titlepage", "title page"), ("copyright-page", "copyright page"), ("toc", "contents")],
)
def test_front_matter_is_left_out_and_named(sort, name):
    found = read(book([page("<p>Front.</p>", attributes=f'epub:type="{sort}"'), "<p>One.</p>"]))
    assert found.text() == "One."
    assert found.notes == (f"Left out of the book: {name}.",)


def test_front_matter_is_known_by_the_guide_of_an_epub_2():
    guide = '<guide><reference type="title-page" href="p0.xhtml"/></guide>'
    assert read(book(["<p>Front.</p>", "<p>One.</p>"], after=guide)).text() == "One."


def test_front_matter_is_known_by_its_title_in_the_contents():
    found = read(book(["<p>©</p><p>All rights.</p>", "<p>One.</p>"], **contents(("Copyright", "p0.xhtml"))))
    assert found.text() == "One."


def test_short_page_called_by_the_title_of_the_book_is_its_title_page():
    package = contents(("The Lamp", "p0.xhtml"), ("Dusk", "p1.xhtml"))
    assert read(book(["<h1>The Lamp</h1><p>Ann Lee</p>", "<p>One.</p>"], **package)).text() == "Dusk\n\nOne."


def test_book_of_nothing_but_front_matter_is_read():
    found = read(book([page("<p>Front.</p>", attributes='epub:type="toc"')] * 2, **contents(("Contents", "p0.xhtml"))))
    assert found.text() == "Contents\n\nFront.\n\nFront."


def test_page_that_holds_more_than_front_matter_stays():
    guide = '<guide><reference type="cover" href="p0.xhtml"/></guide>'
    package = contents(("Dusk", "p0.xhtml"), ("Dawn", "p1.xhtml"))
    assert "One." in read(book(["<p>One.</p>" * 1000, "<p>Two.</p>"], after=guide, **package)).text()


def footnotes(content):
    return [[note.text for note in block.footnotes] for block in read(content).blocks]


def test_marked_notes_go_with_the_text_of_their_marks():
    body = '<p>One<a epub:type="noteref" href="#n">1</a>.</p><aside epub:type="footnote" id="n"><p>Note.</p></aside>'
    content = book([body])
    assert (read(content).text(), footnotes(content)) == ("One.", [["Note."]])


def test_notes_of_a_page_of_notes_go_with_their_marks():
    one = '<p>One<a role="doc-noteref" href="p1.xhtml#n">1</a>.</p>'
    note = '<li id="n"><p>1 or 2. <a href="p0.xhtml#r">↩</a></p></li>'
    content = book([one, f'<section role="doc-endnotes"><h2>Notes</h2><ol>{note}</ol></section>'])
    assert (read(content).text(), footnotes(content)) == ("One.", [["1 or 2."]])


def test_notes_known_only_by_their_links_back_go_with_their_marks():
    one = '<p>One<a id="r1" href="p1.xhtml#n1"><sup>1</sup></a>, two<sup><a id="r2" href="p1.xhtml#n2">2</a></sup>.</p>'
    first = '<p><a id="n1" href="p0.xhtml#r1">1</a> First.</p>'
    second = '<p id="n2">Second. <a href="p0.xhtml#r2">back</a></p>'
    content = book([one, f"<h2>Last</h2>{first}{second}"])
    assert read(content).text() == "One, two.\n\nLast"
    assert footnotes(content) == [["First.", "Second."], []]


def test_notes_without_a_mark_are_left_out_and_counted():
    found = read(book(['<p>One.</p><aside epub:type="footnote"><p>Note.</p></aside>']))
    assert (found.text(), found.notes) == ("One.", ("Left out: 1 footnote without a mark.",))


def test_mark_without_a_note_is_left_out_and_counted():
    found = read(book(['<p>One<a epub:type="noteref" href="#nowhere">1</a>.</p>']))
    assert (found.text(), found.notes) == ("One.", ("Left out: 1 footnote without words.",))


def test_contents_page_with_links_there_and_back_holds_no_notes():
    toc = '<p><a id="c1" href="#h1">I</a></p><h2 id="h1"><a href="#c1">The lamp</a></h2><p>One.</p>'
    assert read(book([toc])).text() == "I\n\nThe lamp\n\nOne."


def test_ruby_is_read_by_its_base():
    assert read(book(["<p><ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp>京<rt>きょう</rt></ruby></p>"])).text() == "東京"


def test_page_numbers_are_dropped():
    body = '<p>One <span epub:type="pagebreak" id="p7">7</span>and <a class="pagenum">[8]</a>two.</p>'
    assert read(book([body])).text() == "One and two."


def test_hidden_things_are_dropped():
    body = (
        '<p hidden="">No.</p><p style="display: none">No.</p><script>no()</script><svg><text>No</text></svg><p>One.</p>'
    )
    assert read(book([body])).text() == "One."


def test_pictures_are_read_by_caption_or_alternative_text():
    body = '<img alt="A tower" src="t.png"/><figure><img alt="x" src="u.png"/><figcaption>A boat.</figcaption></figure>'
    assert lines(book([body])) == [("figure", "A tower"), ("figure", "A boat.")]


def test_lists_quotations_tables_and_breaks_are_kept():
    body = (
        "<ol><li>A</li></ol><blockquote><p>Q.</p></blockquote><table><tr><td>T</td></tr></table><p>* * *</p><p>One.</p>"
    )
    assert [kind for kind, _ in lines(book([body]))] == ["item", "quote", "table", "break", "paragraph"]


def test_another_language_is_marked_on_its_blocks():
    found = read(book(['<p>One.</p><p xml:lang="fr-CA">Deux.</p><p lang="en">Three.</p>']))
    assert [block.language for block in found.blocks] == ["", "fr-CA", ""]


def test_broken_markup_is_mended():
    body = "<html><body><p>One &nbsp;&amp; <b>two<p>Three <i>four</b><br>five</p><!-- no <p>No</p> --><p>Six < 7</body>"
    assert read(book([body])).text() == "One & two\n\nThree four five\n\nSix < 7"


def test_entities_of_the_documents_own_are_never_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "boom boom"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    found = read(book([bomb + page("<p>One &a; &b;.</p>")])).text()
    assert "boom" not in found
    assert "root" not in found


def test_cover_picture_is_handed_on():
    item = '<item id="c" properties="cover-image" href="c.png" media-type="image/png"/>'
    assert read(book(["<p>One.</p>"], manifest=item, files={"c.png": b"\x89PNG"})).cover == b"\x89PNG"


def test_names_of_files_match_in_any_case_and_percent_encoding():
    files = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": opf(["Text/a%20b.xhtml"]),
        "OPS/text/A b.XHTML": page("One."),
    }
    assert read(packed(files)).text() == "One."


def test_missing_page_is_noted():
    files = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": opf(["a.xhtml", "b.xhtml"]),
        "OPS/a.xhtml": page("One."),
    }
    assert read(packed(files)).notes == ("1 of the book's pages are missing from it or empty: b.xhtml.",)


def test_book_without_container_is_read_by_its_package_document():
    assert read(packed({"x/book.opf": opf(["a.xhtml"]), "x/a.xhtml": page("One.")})).text() == "One."


def test_path_out_of_the_archive_leads_nowhere():
    files = {"book.opf": opf(["../../../../etc/passwd", "file:///etc/passwd", "a.xhtml"]), "a.xhtml": page("One.")}
    assert read(packed(files)).text() == "One."


def refusal(content):
    with pytest.raises(ArticleError) as caught:
        read(content)
    return str(caught.value)


def test_protected_book_is_refused():
    files = {
        "META-INF/encryption.xml": "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/>"
        "</EncryptedData></encryption>",
        "book.opf": opf(["a.xhtml"]),
    }
    assert "DRM" in refusal(packed(files))


def test_obfuscated_fonts_do_not_lock_a_book():
    method = "<e><EncryptedData><EncryptionMethod Algorithm='http://www.idpf.org/2008/embedding'/></EncryptedData></e>"
    files = {"META-INF/encryption.xml": method, "book.opf": opf(["a.xhtml"]), "a.xhtml": page("One.")}
    assert read(packed(files)).text() == "One."


def test_book_without_text_is_refused():
    assert "no text to read aloud" in refusal(book(['<img src="a.png"/>', "<svg><text>x</text></svg>"]))


def test_archive_without_package_document_is_refused():
    assert "no package document" in refusal(packed({"a.txt": "x"}))


def test_damaged_archive_is_refused():
    assert "damaged" in refusal(b"PK\x03\x04" + b"x" * 100)


def test_page_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("script.readers.epub_archive._LARGEST_FILE", 1000)
    assert "far more than a book holds" in refusal(book(["<p>One.</p>" * 200]))


def test_elements_nested_without_end_are_read():
    assert read(book(["<div>" * 30_000 + "One." + "</div>" * 30_000])).text() == "One."


@settings(max_examples=60)
@given(st.integers(30, 900), st.binary(min_size=1, max_size=8))
def test_damaged_bytes_anywhere_are_read_or_refused(position, damage):
    whole = book(["<h1>A</h1><p>One.</p>"], **contents(("Dusk", "p0.xhtml")))
    try:
        said = read(whole[:position] + damage + whole[position + len(damage) :]).text()
    except ArticleError as refusal:
        said = str(refusal)
    assert said


_TAGS = [
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "<h1>",
    "</h1>",
    "<a href='#x' id='y'>",
    "<",
    "&amp",
    "]]>",
    "w",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_TAGS) | st.text(max_size=3), max_size=30).map("".join))
def test_markup_of_any_kind_is_read_or_refused(body):
    try:
        said = read(book([f"<html><body>{body}</body></html>"])).text()
    except ArticleError as refusal:
        said = str(refusal)
    assert said
