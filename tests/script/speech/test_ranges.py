import subprocess
import sys

import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("pp. 11–13", "pages eleven to thirteen"),
        ("won 5-4", "won five to four"),
        ("1861–65", "eighteen sixty-one to sixty-five"),
        ("10-15%", "ten to fifteen percent"),
        ("Tue.–Thu. only", "Tuesday to Thursday only"),
        ("4:1", "four to one"),
        ("1280x720", "one thousand two hundred and eighty by seven hundred and twenty"),
        ("8-6-4", "eight-six-four"),
        ("1946–9 and 1953-5", "nineteen forty-six to nine and nineteen fifty-three to five"),
        ("won 7½–5½", "won seven and a half to five and a half"),
        ("3-3½ hours", "three to three and a half hours"),
        ("ISS-66. +1 more", "ISS-sixty-six. plus one more"),
        ("the 2018/19 season", "the twenty eighteen to nineteen season"),
        ("Ps. 24:1-6 and Luke 3:16", "Ps. twenty-four one to six and Luke three sixteen"),
    ],
)
def test_ranges_are_said(written, said):
    assert script.spoken(written) == said


def test_hyphen_between_words_takes_no_data_of_cldr():
    code = "import sys, script; script.spoken('A well-known pair. 3 more.'); sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
