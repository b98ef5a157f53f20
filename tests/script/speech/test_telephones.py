import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("(303) 555-0142", "three zero three, five five five, zero one four two"),
        ("+49 30 901820", "plus four nine, three zero, nine zero one eight two zero"),
        ("1-877-KEEPERS", "one, eight seven seven, KEEPERS"),
        ("10.0.0.12", "one zero dot zero dot zero dot one two"),
    ],
)
def test_telephone_numbers_are_said(written, said):
    assert script.spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("7.500.000.000", "sieben Milliarden fünfhundert Millionen"),
        ("192.168.0.1", "eins neun zwei Punkt eins sechs acht Punkt null Punkt eins"),
    ],
)
def test_thousands_parted_by_stops_are_no_address_of_a_computer(written, said):
    assert script.spoken(written, "de") == said
