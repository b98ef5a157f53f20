import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a7b22c903", "A seven B twenty-two C nine zero three"),
        ("B2B and K9", "B two B and K nine"),
        ("read/write and/or", "read slash write and or"),
        ("TCP/UDP", "TCP UDP"),
        ("he/she", "he or she"),
        ("an I/O port", "an I O port"),
    ],
)
def test_codes_are_said(written, said):
    assert script.spoken(written) == said
