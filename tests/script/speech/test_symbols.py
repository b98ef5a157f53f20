import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("R&D", "R and D"),
        ("±3", "plus or minus three"),
        ("§ 4", "section four"),
        ("~20", "about twenty"),
        ("7@9", "seven at nine"),
        ("Acme™ tea", "Acme tea"),
        ("so--well", "so – well"),
        ("or --help", "or --help"),
        ("in F♯ minor, E♭ major", "in F sharp minor, E flat major"),
        ("a remark¹ of 5 km² and a claim³⁴.", "a remark of five square kilometers and a claim."),
    ],
)
def test_signs_are_said(written, said):
    assert script.spoken(written) == said
