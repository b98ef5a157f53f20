import email.parser
import os

import pytest
from lxml import etree

from narration.podcast.server import application
from tests.narration.podcast.serving import AUDIO, PAGE, ask, published, serving

SOUND = "/episodes/one/one.mp3"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = published(tmp_path_factory.mktemp("home") / "site")
    (folder.parent / "secret.txt").write_text("secret")
    (folder / ".hidden").write_text("secret")
    (folder / "out").symlink_to(folder.parent)
    (folder / "secret.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "same.mp3").symlink_to(folder / "episodes" / "one" / "one.mp3")
    return folder


@pytest.fixture(scope="module")
def port(site):
    with serving(site) as port:
        yield port


# whole files


def test_a_folder_is_its_page(port):
    assert ask(port, "/").body.decode() == PAGE
    assert ask(port, "/episodes/one/").headers["content-type"] == "text/html; charset=utf-8"


def test_a_folder_without_its_slash_is_led_to_the_page(port):
    answer = ask(port, "/episodes/one")
    assert (answer.status, answer.headers["location"]) == (307, f"http://127.0.0.1:{port}/episodes/one/")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (SOUND, "audio/mpeg"),
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/episodes/one/chapters.json", "application/json+chapters"),
        ("/episodes/one/transcript.vtt", "text/vtt; charset=utf-8"),
    ],
)
def test_every_kind_of_file_has_its_type(port, path, kind):
    assert ask(port, path).headers["content-type"] == kind


@pytest.mark.parametrize("path", ["/", SOUND, "/feed.xml"])
def test_head_says_what_get_would_send_and_sends_nothing(port, path):
    whole, head = ask(port, path), ask(port, path, "HEAD")
    assert head.sent == b""
    assert [head.headers[name] for name in ("content-length", "etag", "content-type")] == [
        whole.headers[name] for name in ("content-length", "etag", "content-type")
    ]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_changed(port, method):
    assert ask(port, SOUND, method).status == 405


def test_text_is_compressed_for_a_client_that_takes_it(port):
    packed, plain = ask(port, "/", Accept_Encoding="br, gzip;q=0.5"), ask(port, "/", Accept_Encoding="gzip;q=0")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.sent) < len(plain.sent) / 10
    assert packed.body == plain.body
    assert packed.headers["etag"] != plain.headers["etag"]


def test_sound_is_never_compressed(port):
    assert ask(port, SOUND, Accept_Encoding="gzip").sent == AUDIO


@pytest.mark.parametrize("path", ["/", SOUND, "/feed.xml"])
def test_what_a_client_has_already_is_not_sent_again(port, path):
    known = ask(port, path).headers["etag"]
    for tags in (f'"other", {known}', f"W/{known}", "*"):
        again = ask(port, path, If_None_Match=tags)
        assert (again.status, again.sent) == (304, b""), tags
    assert ask(port, path, If_None_Match='"other"').status == 200


@pytest.mark.parametrize("path", ["/", SOUND, "/feed.xml"])
def test_a_file_unchanged_since_a_date_is_not_sent_again(port, path):
    date = ask(port, path).headers["last-modified"]
    assert ask(port, path, If_Modified_Since=date).status == 304
    assert ask(port, path, If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT").status == 200


# parts


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("0-0", 0, 0), ("0-99", 0, 99), ("900-", 900, 999), ("-100", 900, 999), ("-5000", 0, 999), ("990-5000", 990, 999)],
)
def test_one_range_is_answered_with_its_bytes(port, asked, first, last):
    answer = ask(port, SOUND, Range=f"bytes={asked}")
    assert (answer.status, answer.sent) == (206, AUDIO[first : last + 1])
    assert answer.headers["content-range"] == f"bytes {first}-{last}/1000"


def test_several_ranges_come_as_parts(port):
    answer = ask(port, SOUND, Range="bytes=0-9, 500-509, -10")
    message = b"Content-Type: " + answer.headers["content-type"].encode() + b"\r\n\r\n" + answer.sent
    parts = email.parser.BytesParser().parsebytes(message).get_payload()
    assert answer.status == 206
    assert [part["content-range"] for part in parts] == [
        "bytes 0-9/1000", "bytes 500-509/1000", "bytes 990-999/1000",
    ]  # fmt: skip
    assert answer.headers["content-length"] == str(len(answer.sent))


def test_a_range_that_the_file_has_not_is_refused_with_its_length(port):
    answer = ask(port, SOUND, Range="bytes=1000-")
    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */1000")


@pytest.mark.parametrize("asked", ["bytes=5-3", "bytes=x", "lines=0-1", "bytes=" + "0-0," * 200])
def test_a_range_that_means_nothing_is_answered_with_the_whole(port, asked):
    answer = ask(port, SOUND, Range=asked)
    assert (answer.status, answer.sent) == (200, AUDIO)


def test_head_knows_no_ranges(port):
    answer = ask(port, SOUND, "HEAD", Range="bytes=0-9")
    assert (answer.status, answer.headers["content-length"]) == (200, "1000")


@pytest.mark.parametrize("name", ["etag", "last-modified"])
def test_a_part_of_the_same_file_is_answered_as_a_part(port, name):
    known = ask(port, SOUND).headers[name]
    assert ask(port, SOUND, Range="bytes=0-9", If_Range=known).status == 206


@pytest.mark.parametrize("known", ['"other"', "Thu, 01 Jan 1970 00:00:00 GMT", 'W/"weak"'])
def test_a_part_of_another_file_is_answered_with_the_whole(port, known):
    answer = ask(port, SOUND, Range="bytes=0-9", If_Range=known)
    assert (answer.status, answer.sent) == (200, AUDIO)


# what browsers are told


@pytest.mark.parametrize("path", ["/", SOUND, "/feed.xml", "/nothing"])
def test_every_answer_says_what_a_page_may_do(port, path):
    headers = ask(port, path).headers
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "192.168.1.7:8000", "LOCALHOST"])
def test_this_machine_is_served_under_its_names_and_numbers(port, host):
    assert ask(port, "/", host=host).status == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.nip.example", "[evil]"])
def test_another_name_that_leads_here_is_refused(port, host):
    assert ask(port, "/", host=host).status == 421


def test_a_name_that_was_allowed_is_served(site):
    with serving(site, names=["Tower.Home.Example"]) as port:
        assert ask(port, "/", host="tower.home.example:80").status == 200


# the feed


def test_the_feed_leads_to_the_host_that_was_asked(port):
    feed = etree.fromstring(ask(port, "/feed.xml", host="192.168.1.7:8000").body)
    assert feed.find(".//enclosure").get("url") == "http://192.168.1.7:8000/episodes/one/one.mp3"


def test_with_a_token_nothing_is_served_without_it(site):
    with serving(site, token="abc") as port:
        feed = etree.fromstring(ask(port, "/abc/feed.xml").body)
        assert feed.find(".//enclosure").get("url") == f"http://127.0.0.1:{port}/abc{SOUND}"
        assert ask(port, f"/abc{SOUND}").sent == AUDIO
        assert {ask(port, path).status for path in ("/", "/feed.xml", SOUND, "/abd/feed.xml", "/ab")} == {404}


# nothing from outside


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/episodes/../../secret.txt", "/..\\secret.txt",
        "/%2e%2e%5csecret.txt", "//etc/passwd", "/%2fetc/passwd", "/out/secret.txt", "/secret.txt", "/.hidden",
        "/episodes/..%00/secret.txt", "/" + "a" * 5000, "/C:/secret.txt", "/%ff%fe", "/....//secret.txt",
    ],
)  # fmt: skip
def test_nothing_from_outside_the_folder_is_served(port, path):
    answer = ask(port, path)
    assert answer.status in (400, 404)
    assert b"secret" not in answer.body
    assert b"root:" not in answer.body


def test_a_link_to_another_file_of_the_folder_is_served(port):
    assert ask(port, "/same.mp3").sent == AUDIO


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user may read everything")
def test_a_file_that_may_not_be_read_is_as_if_it_were_not_there(site, port):
    (site / "locked.mp3").write_bytes(AUDIO)
    (site / "locked.mp3").chmod(0)
    assert ask(port, "/locked.mp3").status == 404


def test_a_feed_that_is_a_link_is_not_followed(tmp_path):
    (tmp_path / "feed.xml").symlink_to(tmp_path / "other.xml")
    (tmp_path / "other.xml").write_text("<rss/>")
    with serving(tmp_path) as port:
        assert ask(port, "/feed.xml").status == 404


def test_a_feed_that_is_damaged_is_told(tmp_path):
    (tmp_path / "feed.xml").write_text("<rss")
    with serving(tmp_path) as port:
        answer = ask(port, "/feed.xml")
        assert answer.status == 500
        assert answer.body.startswith(b"feed.xml cannot be served: the feed is no XML")


def test_an_application_of_a_folder_that_is_gone_says_so(tmp_path):
    with pytest.raises(RuntimeError, match="does not exist"):
        application(tmp_path / "nothing")
