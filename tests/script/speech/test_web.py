import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ann.b@mail.example.org", "ann dot b at mail dot example dot org"),
        ("https://www.example.org/x?y=1", "link to example dot org"),
        ("see example.com/a-b", "see example dot com slash a dash b"),
        ("/etc/hosts and run.sh", "slash etc slash hosts and run dot sh"),
        ("@kim_lee", "at kim lee"),
        ("#CleanAir2030", "hashtag Clean Air twenty thirty"),
    ],
)
def test_addresses_of_the_web_are_said(written, said):
    assert script.spoken(written) == said
