import base64
import quopri

import pytest

import script
from script.errors import ArticleError

HEAD = "From: Ann Keeper <ann@harbour.example>\r\nSubject: The lamp\r\nDate: Wed, 1 May 2024 10:00:00 +0200\r\n"


def mail(body, kind="text/plain; charset=utf-8", *more):
    return "\r\n".join([f"{HEAD}MIME-Version: 1.0", f"Content-Type: {kind}", *more, "", body]).encode()


def lines(*parts):
    return [(block.kind, block.text) for block in script.read(mail(*parts)).blocks]


def multipart(*parts, kind="alternative"):
    return "".join(f"--b\r\n{part}\r\n" for part in parts) + "--b--\r\n", f'multipart/{kind}; boundary="b"'


def test_message_is_known_by_its_headers_and_says_title_author_and_date():
    article = script.read(mail("It is lit."))
    assert (article.title, article.author, article.date) == ("The lamp", "Ann Keeper", "2024-05-01")
    assert article.text() == "It is lit."


def test_file_of_a_message_is_read(tmp_path):
    (tmp_path / "a.eml").write_bytes(b"Subject: Lamp\n\nLit.")
    assert script.read(tmp_path / "a.eml").title == "Lamp"


def test_text_that_begins_with_one_label_is_no_message():
    assert script.read(b"Date: 1 May\n\nIt is lit.").text().startswith("Date: 1 May")


def test_plain_text_is_preferred_unless_it_is_empty():
    plain, page = "Content-Type: text/plain\r\n\r\n{}", "Content-Type: text/html\r\n\r\n<p>Marked <b>up</b>."
    assert lines(*multipart(plain.format("Plain."), page)) == [("paragraph", "Plain.")]
    assert lines(*multipart(plain.format(" "), page)) == [("paragraph", "Marked up.")]


def test_layout_and_quotation_of_html_mail_are_understood():
    body = "<table><tr><td><table><tr><td><p>One.</p></td></tr></table></td></tr></table><blockquote>Two.</blockquote>"
    assert lines(body, "text/html") == [("paragraph", "One."), ("quote", "Two.")]


def test_quoted_lines_become_quotations():
    assert lines("Yes.\n\n> Is it lit?\n> Truly?\n>> I asked.\n\nGood.") == [
        ("paragraph", "Yes."),
        ("quote", "Is it lit? Truly?"),
        ("quote", "I asked."),
        ("paragraph", "Good."),
    ]


def test_depth_of_a_quotation_is_its_level():
    assert [block.level for block in script.read(mail("> a\n> > b\n>>> c")).blocks] == [1, 2, 3]


def test_greeting_is_no_title():
    assert lines("Dear all\n\nIt is lit.") == [("paragraph", "Dear all"), ("paragraph", "It is lit.")]


@pytest.mark.parametrize("dashes", ["-- ", "--"])
def test_signature_is_left_out_with_a_note(dashes):
    article = script.read(mail(f"It is lit.\n\n{dashes}\nAnn Keeper\nHarbour"))
    assert (article.text(), article.notes) == ("It is lit.", ("Left out: the signature.",))


def test_flowed_lines_are_joined():
    body = "The lamp is \nlit at dusk.\n Stuffed.\n> It was \n> said."
    assert lines(body, "text/plain; format=flowed") == [
        ("paragraph", "The lamp is lit at dusk."),
        ("paragraph", "Stuffed."),
        ("quote", "It was said."),
    ]


def test_blank_of_a_flowed_line_may_have_to_go():
    assert lines("灯 \n台", "text/plain; charset=utf-8; format=flowed; delsp=yes") == [("paragraph", "灯台")]


@pytest.mark.parametrize(
    ("charset", "encoding", "packing", "packed"),
    [
        ("windows-1251", "cp1251", "base64", base64.encodebytes),
        ("koi8-r", "koi8-r", "quoted-printable", quopri.encodestring),
        ("utf-8", "utf-8", "8bit", bytes),
        ("nonsense", "utf-8", "8bit", bytes),
        ("us-ascii", "utf-8", "8bit", bytes),
    ],
)
def test_packing_and_encoding_are_undone(charset, encoding, packing, packed):
    head = f"{HEAD}Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {packing}\r\n\r\n"
    assert script.read(head.encode() + packed("Маяк горит.".encode(encoding))).text() == "Маяк горит."


def test_encoded_words_of_headers_are_decoded():
    head = b"From: =?iso-8859-1?Q?J=F6rg?= <j@a.example>\nSubject: =?utf-8?B?TWHDn2U=?=\n =?utf-8?Q?_hier?=\n\nText."
    article = script.read(head, format="email")
    assert (article.title, article.author) == ("Maße hier", "Jörg")


def test_sender_without_a_name_is_the_address():
    assert script.read(b"From: ann@harbour.example\n\nText.", format="email").author == "ann@harbour.example"


def test_attachments_are_named_in_a_note():
    text = "Content-Type: text/plain\r\n\r\nSee the plan."
    plan = 'Content-Type: application/pdf; name="plan.pdf"\r\nContent-Disposition: attachment\r\n\r\nJVBERi0='
    other = "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nNot this."
    article = script.read(mail(*multipart(text, plan, other, kind="mixed")))
    assert (article.text(), article.notes) == (
        "See the plan.",
        ("Attached, and not read: plan.pdf, a file without a name.",),
    )


def test_message_within_a_message_is_not_read():
    inner = "Content-Type: message/rfc822\r\n\r\nSubject: Inner\r\n\r\nInner text."
    assert lines(*multipart("Content-Type: text/plain\r\n\r\nOuter.", inner, kind="mixed")) == [("paragraph", "Outer.")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (mail(""), "has no text to read aloud"),
        (mail(*multipart("Content-Type: image/png\r\n\r\nx")), "has no text to read aloud"),
        (mail(*multipart("Content-Type: application/pgp\r\n\r\nx", kind="encrypted")), "is encrypted"),
    ],
)
def test_message_without_text_is_refused_in_a_sentence(content, says):
    with pytest.raises(ArticleError, match=says):
        script.read(content, format="email")


@pytest.mark.parametrize(
    "content",
    [
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: text/plain; charset*=x'\xff'y\nSubject: \xff\xfe =?utf-8?B?/?= =?x?Q?=ZZ?=\n\nText.",
        b"Content-Transfer-Encoding: base64\n\n!!!! no base64 !!!!",
        b"Content-Disposition: attachment; filename*0*=x''%ff; filename*2=b\nFrom: <<<>>>,,,@@@\nDate: x\n\nText.",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 400,
        "\n".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}" for n in range(2000)).encode(),
        b"Subject: " + b"a" * 1_000_000 + b"\n\n" + b"word " * 400_000,
        b"Subject: a\0b\n\nText\0.",
    ],
)
def test_hostile_message_is_read_or_refused(content):
    try:
        article = script.read(content, format="email")
    except ArticleError:
        return
    assert article.text().strip()
