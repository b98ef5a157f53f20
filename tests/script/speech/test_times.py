import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("at 6 p.m. sharp", "at six PM sharp"),
        ("at 6 p.m. They left", "at six PM. They left"),
        ("9am–5:30pm", "nine AM to five thirty PM"),
        ("18:05 GMT", "eighteen oh five GMT"),
        ("7:00", "seven o'clock"),
        ("3:02:01", "three hours two minutes and one second"),
        ("from 6:05a to 7:40p", "from six oh five AM to seven forty PM"),
    ],
)
def test_times_are_said(written, said):
    assert script.spoken(written) == said
