import subprocess
import sys

import pytest

import script
from script.errors import ArticleError
from tests.script.readers.pdf_documents import Text, column, pdf

FIRST = (
    "The keeper of the lighthouse went up the narrow stairs every evening, lit the great lamp, and wrote the weather "
    "into his book before he sat down to read."
)
SECOND = (
    "Nobody came to the island between October and March, and nothing was ever delivered but newspapers, a month old, "
    "which he read one a day, in their order."
)
THIRD = (
    "In spring the boat came back, and with it the painter, who meant to stay for one week and stayed for nine years."
)


def read(content):
    return script.read(content, format="pdf")


def texts(content):
    return [block.text for block in read(content).blocks]


def test_lines_become_paragraphs_by_their_spacing():
    assert texts(pdf([*column(FIRST), *column(SECOND, top=160)])) == [FIRST, SECOND]


def test_lines_become_paragraphs_by_their_indents():
    lines = [*column(FIRST, indent=15), *column(SECOND, top=148, indent=15), *column(THIRD, top=196, indent=15)]
    assert texts(pdf(lines)) == [FIRST, SECOND, THIRD]


def test_two_columns_are_read_one_after_the_other():
    left = column(f"{FIRST} {SECOND}", width=32, top=100)
    right = column(f"{THIRD} {FIRST}", width=32, top=100, left=220)
    mixed = [line for pair in zip(left, right, strict=False) for line in pair] + left[len(right) :] + right[len(left) :]
    assert " ".join(texts(pdf(mixed))) == f"{FIRST} {SECOND} {THIRD} {FIRST}"


def test_title_across_two_columns_comes_first():
    title = Text("The lighthouse keeper and his newspapers", top=60, size=18)
    left, right = column(f"{FIRST} {SECOND}", width=32), column(THIRD, width=32, left=220)
    found = read(pdf([*left, *right, title]))
    assert (found.blocks[0].kind, found.blocks[0].text) == ("heading", title.words)
    assert found.title == title.words


def test_words_divided_at_line_ends_are_made_whole():
    assert " ".join(texts(pdf(column(f"{FIRST} {SECOND}", width=33, hyphen=True)))) == f"{FIRST} {SECOND}"


def test_hyphen_of_a_compound_stays():
    words = "A well-known keeper was there, and everybody who came over found him well-"
    lines = [Text(words, top=100), Text("known indeed.", top=112)]
    assert texts(pdf(lines)) == [f"{words}known indeed."]


def test_paragraph_goes_on_over_the_page():
    whole = column(f"{FIRST} {SECOND} {THIRD}")
    first, second = whole[:4], [Text(line.words, top=100 + 12 * row) for row, line in enumerate(whole[4:])]
    assert texts(pdf(first, second)) == [f"{FIRST} {SECOND} {THIRD}"]


def test_running_heads_feet_and_page_numbers_are_dropped():
    pages = [
        [Text(f"THE LAMP   {number}", top=30, size=8), *column(text), Text(str(number), left=200, top=580)]
        for number, text in enumerate((FIRST, SECOND, THIRD), 11)
    ]
    assert texts(pdf(*pages)) == [FIRST, SECOND, THIRD]


def test_heads_of_left_and_right_pages_are_dropped_alike():
    heads = ("THE LAMP", "A novel of the sea", "THE LAMP", "A novel of the sea")
    bodies = (FIRST, SECOND, THIRD, "And so on.")
    pages = [[Text(head, top=30, size=8), *column(body)] for head, body in zip(heads, bodies, strict=True)]
    assert texts(pdf(*pages)) == list(bodies)


def test_chapter_titles_at_the_head_of_pages_stay():
    pages = [[Text(f"Chapter {number}", top=60, size=20), *column(FIRST)] for number in (1, 2, 3)]
    assert [block.text for block in read(pdf(*pages)).blocks if block.kind == "heading"] == [
        "Chapter 1",
        "Chapter 2",
        "Chapter 3",
    ]


def test_larger_and_bold_lines_are_headings_leveled_by_size():
    lines = [
        Text("The Lamp", top=40, size=20),
        Text("The island", top=70, size=14),
        *column(FIRST),
        Text("The boat", top=160, font="bold"),
        *column(SECOND, top=180),
    ]
    found = [(block.kind, block.level) for block in read(pdf(lines)).blocks]
    assert found == [("heading", 1), ("heading", 2), ("paragraph", 0), ("heading", 3), ("paragraph", 0)]


def test_bookmarks_make_headings_where_there_is_none():
    content = pdf(column(FIRST), column(SECOND), bookmarks=[("Evening", 0, 90), ("Winter", 1, 90)])
    assert [(block.kind, block.text) for block in read(content).blocks] == [
        ("heading", "Evening"),
        ("paragraph", FIRST),
        ("heading", "Winter"),
        ("paragraph", SECOND),
    ]


def test_bookmark_does_not_double_the_heading_it_leads_to():
    lines = [Text("1 Evening", top=70, size=14), *column(FIRST)]
    content = pdf(lines, column(SECOND), bookmarks=[("Evening", 0, 60), ("Winter", 1, 90)])
    assert [block.text for block in read(content).blocks if block.kind == "heading"] == ["1 Evening", "Winter"]


def test_list_items_are_items():
    lines = [*column(FIRST), Text("• The lamp", left=60, top=160), Text("• The book", left=60, top=172)]
    found = read(pdf([*lines, Text("2. The boat", left=60, top=190)])).blocks
    assert [(block.kind, block.text) for block in found[1:]] == [
        ("item", "The lamp"),
        ("item", "The book"),
        ("item", "2. The boat"),
    ]


def test_footnotes_are_left_out_with_their_marks_and_a_note():
    lines = [*column(FIRST), Text("1", left=120.2, top=132, size=6), Text("1 He says so himself.", top=560, size=7)]
    marked = [line if line.top != 136 else Text(line.words, top=136) for line in lines]
    found = read(pdf(marked))
    assert "He says" not in found.text()
    assert found.notes == ("Left out: 1 footnote.",)


def test_small_code_at_the_foot_of_a_page_is_no_footnote():
    code = [Text("1 lamp = light()", top=540, size=7, font="typewriter"), Text("2 }", top=550, size=7)]
    found = read(pdf([*column(FIRST), *code]))
    assert (found.blocks[1].kind, found.notes) == ("code", ())


def test_captions_are_captions_and_labels_in_a_drawing_are_dropped():
    labels = [Text(word, left=80 + 40 * row, top=200 + 30 * row) for row, word in enumerate(("Lamp", "Stairs", "Door"))]
    lines = [
        *column(FIRST),
        *labels,
        Text("Figure 1: The lighthouse from the south", top=320),
        *column(SECOND, top=360),
    ]
    found = [(block.kind, block.text) for block in read(pdf(lines)).blocks]
    assert found[1:] == [("caption", "Figure 1: The lighthouse from the south"), ("paragraph", SECOND)]


def test_table_keeps_its_rows_and_cells():
    rows = [("Month", "Ships"), ("May", "12"), ("June", "15")]
    cells = [
        Text(cell, left=50 + 150 * c, top=200 + 14 * r) for r, row in enumerate(rows) for c, cell in enumerate(row)
    ]
    found = read(pdf([*column(FIRST), *cells, Text("and more", left=200, top=240)])).blocks[-1]
    assert found.kind == "table"
    assert [tuple(cell.text for cell in row) for row in found.table.rows] == [*rows[:2], ("June", "15 and more")]


def test_lines_in_typewriter_type_are_code():
    code = [Text("lamp.light()", top=160, font="typewriter"), Text("book.write()", top=172, font="typewriter")]
    found = read(pdf([*column(FIRST), *code, *column(SECOND, top=200)])).blocks
    assert [(block.kind, block.text) for block in found[1:]] == [
        ("code", "lamp.light()\nbook.write()"),
        ("paragraph", SECOND),
    ]


def test_typescript_is_prose():
    lines = [Text(line.words, top=line.top, font="typewriter") for line in column(FIRST)]
    assert texts(pdf(lines)) == [FIRST]


def test_list_of_contents_is_left_out():
    lines = [
        Text("Contents", top=60, size=14),
        Text("Evening ........... 2", top=80),
        Text("Winter .......... 5", top=92),
    ]
    found = read(pdf([*lines, *column(FIRST, top=130)]))
    assert (found.text(), found.notes) == (FIRST, ("Left out: the list of contents.",))


def test_metadata_is_taken_where_it_is_meant():
    found = read(pdf(column(FIRST), title="The Lamp", author="Ann Lee"))
    assert (found.title, found.author, found.date, found.language) == ("The Lamp", "Ann Lee", "2021-04-05", "")


def test_title_that_is_a_file_name_is_no_title(tmp_path):
    path = tmp_path / "the-lamp.pdf"
    path.write_bytes(pdf(column(FIRST), title="Microsoft Word - lamp_final.docx"))
    assert script.read(path).title == "The lamp"


def test_page_set_sideways_is_read():
    assert texts(pdf(column(FIRST), rotate=90)) == [FIRST]


def refusal(content):
    with pytest.raises(ArticleError) as caught:
        read(content)
    return str(caught.value)


def test_scan_is_refused_with_what_to_do():
    assert "holds no text" in refusal(pdf([], []))
    assert "OCR" in refusal(pdf([]))


def test_pages_without_text_are_named():
    found = read(pdf(column(FIRST), [], [], column(SECOND), []))
    assert found.notes == ("Pages 2–3 and 5 hold no text (a picture or scan) and could not be read.",)


def test_broken_document_is_refused():
    assert "damaged" in refusal(b"%PDF-1.7\n" + b"x" * 300)


def test_document_with_a_password_is_refused():
    assert "password" in refusal(pdf(column(FIRST), locked=True))


def test_document_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr("script.readers.pdf_words.MOST_PAGES", 1)
    from script.readers.pdf_words import contents

    assert contents(pdf(column(FIRST), column(FIRST))) == {"fault": "pages"}


def test_document_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr("script.readers.pdf_program._TIME_LIMIT_S", 0.001)
    assert "took more than" in refusal(pdf(column(FIRST)))


def test_library_that_dies_is_no_crash_of_ours(monkeypatch):
    monkeypatch.setattr("script.readers.pdf_program._MODULE", "script.readers.no_such_module")
    assert "cannot be read" in refusal(pdf(column(FIRST)))


def test_damage_anywhere_is_read_or_refused():
    whole = pdf(column(FIRST), bookmarks=[("Evening", 0, 90)])
    for position in range(9, len(whole), len(whole) // 12):
        try:
            said = read(whole[:position] + b"\xff<< [" + whole[position + 5 :]).text()
        except ArticleError as refusal:
            said = str(refusal)
        assert said


def test_reading_other_formats_loads_no_pdf_library():
    code = "import sys, script; script.read('x', format='plain'); print('pypdfium2' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"
