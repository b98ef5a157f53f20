import pytest
from hypothesis import given
from hypothesis import strategies as st

from narration.podcast.ranges import satisfiable


@pytest.mark.parametrize(
    ("header", "answered"),
    [
        ("bytes=0-99", "bytes=0-99"),
        ("bytes=500-", "bytes=500-999"),
        ("bytes=-200", "bytes=800-999"),
        ("bytes=-5000", "bytes=0-999"),
        ("bytes=990-5000", "bytes=990-999"),
        ("bytes=0-0, -1", "bytes=0-0, 999-999"),
        ("BYTES = 1-2 ,, 5-6,", "bytes=1-2, 5-6"),
    ],
)
def test_ranges_are_cut_to_the_file(header, answered):
    assert satisfiable(header, 1000) == answered


def test_of_several_ranges_those_that_the_file_has_are_answered():
    assert satisfiable("bytes=5000-6000, 10-20", 1000) == "bytes=10-20"


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(header):
    assert satisfiable(header, 1000) == "bytes=1000-"


@pytest.mark.parametrize(
    "header", ["", "bytes", "bytes=", "bytes=x-y", "bytes=5-3", "lines=1-2", "bytes=--5", "bytes=1-2,x", "bytes=٣-٤"]
)
def test_a_header_that_means_nothing_is_as_if_it_were_not_there(header):
    assert satisfiable(header, 1000) == ""


def test_more_than_a_hundred_ranges_are_answered_with_the_whole_file():
    assert satisfiable("bytes=" + ",".join(f"{n}-{n}" for n in range(101)), 1000) == ""


@given(st.text(), st.integers(0, 10**12))
def test_whatever_is_asked_for_no_byte_outside_the_file_is_answered(specifiers, n_bytes):
    answered = satisfiable(f"bytes={specifiers}", n_bytes)
    pairs = [each.split("-") for each in answered.removeprefix("bytes=").split(", ")] if answered else []
    assert all(not last or int(first) <= int(last) < n_bytes for first, last in pairs)
