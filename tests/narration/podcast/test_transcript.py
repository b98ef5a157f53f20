"""Transcripts in four formats, of any text."""

import json
import re
from dataclasses import replace

from hypothesis import given
from lxml import html

from narration.podcast.captions import cues
from narration.podcast.chapters import chapters_json
from narration.podcast.programme import Programme
from narration.podcast.transcript import srt, transcript_html, transcript_json, vtt
from tests.narration.podcast.programmes import programme, programmes

STAMP = r"\d{2,}:[0-5]\d:[0-5]\d[.,]\d{3}"
TWO = programme([["Who is there?", "Only <me> & you."]], voices=["x/Ada", "x/Bo > b"])


def test_vtt_names_the_speaker_and_escapes_the_text() -> None:
    assert vtt(cues(TWO)) == (
        "WEBVTT\n\n00:00:00.052 --> 00:00:01.404\n<v Ada>Who is there?\n\n"
        "00:00:01.404 --> 00:00:02.704\n<v Bo &gt; b>Only &lt;me&gt; &amp; you.\n"
    )


def test_vtt_has_no_arrow_but_between_times() -> None:
    made = programme([["What --> that?", "Some words."]], voices=["x/Ada --", "x/Bo-->"])
    lines = vtt(cues(made)).splitlines()
    assert "<v Ada -- >What --&gt; that?" in lines
    assert all(re.fullmatch(f"{STAMP} --> {STAMP}", line) for line in lines if "-->" in line)


def test_srt_numbers_its_cues_and_names_whoever_begins_to_speak() -> None:
    assert srt(cues(TWO)) == (
        "1\n00:00:00,052 --> 00:00:01,404\nAda: Who is there?\n\n"
        "2\n00:00:01,404 --> 00:00:02,704\nBo > b: Only <me> & you.\n"
    )


def test_json_has_a_segment_for_each_word() -> None:
    document = json.loads(transcript_json(cues(TWO)))
    assert document["version"] == "1.0.0"
    assert document["segments"][0] == {"speaker": "Ada", "startTime": 0.052, "endTime": 0.352, "body": "Who"}
    assert [segment["body"] for segment in document["segments"]] == [
        "Who", "is", "there?", "Only", "<me>", "&", "you.",
    ]  # fmt: skip


def test_html_has_each_paragraph_with_its_time() -> None:
    page = html.document_fromstring(transcript_html(TWO))
    assert [each.text for each in page.iter("cite")] == ["Ada:", "Bo > b:"]
    assert [each.text for each in page.iter("time")] == ["0:00", "0:01"]
    assert [each.text for each in page.iter("p")] == ["Who is there?", "Only <me> & you."]


def test_speaker_s_label_stands_once() -> None:
    made = programme([["Ada: Who is there?", "It was late."]])
    (segment, heard), other = made.segments
    page = html.document_fromstring(
        transcript_html(replace(made, segments=((replace(segment, speaker="Ada"), heard), other)))
    )
    assert [each.text for each in page.iter("cite", "p")] == ["Ada:", "Who is there?", "An Author:", "It was late."]


@given(programmes)
def test_files_of_any_text_keep_their_form(made: Programme) -> None:
    found = cues(made)
    blocks = vtt(found).split("\n\n")[1:]
    assert len(blocks) == len(found)
    assert all(re.match(rf"{STAMP} --> {STAMP}\n[^\n]+(\n[^\n]+)?\n?$", block) for block in blocks)
    assert len(re.findall(rf"(?m)^{STAMP} --> {STAMP}$", srt(found))) == len(found)
    segments = json.loads(transcript_json(found))["segments"]
    assert all(segment["startTime"] <= segment["endTime"] and segment["body"].strip() for segment in segments)
    page = html.document_fromstring(transcript_html(made))
    assert {each.tag for each in page.iter()} <= {
        "html", "head", "meta", "title", "body", "h1", "h2", "cite", "time", "p",
    }  # fmt: skip
    chapters = json.loads(chapters_json(made))
    assert [each["startTime"] for each in chapters["chapters"]] == sorted(
        each["startTime"] for each in chapters["chapters"]
    )
