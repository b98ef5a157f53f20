from hypothesis import given
from hypothesis import strategies as st

import script
from narration.cli.listing import is_changed, show_plain, show_rich, spoken_runs, written_runs

_TEXT = "# Head\n\nIt cost $5 (Smith et al., 2020).\n\n* * *\n\nPlain [words]{say=works}.\n"


def composed(text: str) -> script.Script:
    return script.compose(script.read(text, format="markdown"))


def test_plain_listing_shows_what_is_said_with_the_changes_marked(capsys) -> None:
    show_plain(composed(_TEXT), changes=False)
    assert capsys.readouterr().out == (
        "── 1. It cost $5. ──\n"
        "   1  heading    Head\n"
        "   2  paragraph  It cost «$5 (Smith et al., 2020)».\n"
        "      spoken     It cost «five dollars».\n"
        "   3  break\n"
        "── 2. Plain words. ──\n"
        "   4  paragraph  Plain «words».\n"
        "      spoken     Plain «works».\n"
    )


def test_word_said_by_its_sounds_is_shown_with_them(capsys) -> None:
    show_plain(composed("---\nlanguage: de\n---\n\nPlain [gif]{ipa=dʒɪf} words."), changes=True)
    assert capsys.readouterr().out.splitlines()[1:] == [
        "   1  paragraph  Plain «gif» words.",
        "      spoken     Plain «gif /dʒɪf/» words.",
    ]


def test_changes_are_only_what_is_said_otherwise(capsys) -> None:
    show_plain(composed("Plain.\n\nIt cost $5.\n\nPlain again."), changes=True)
    assert [line[:17] for line in capsys.readouterr().out.splitlines()[1:]] == [
        "   2  paragraph  ",
        "      spoken     ",
    ]


def test_terminal_shows_written_beside_spoken(capsys) -> None:
    show_rich(composed(_TEXT), changes=False)
    line = next(line for line in capsys.readouterr().out.splitlines() if "works" in line)
    assert line.split() == ["4", "paragraph", "Plain", "words.", "Plain", "works."]


@given(st.text(alphabet="ab 12.$%&@ (),😀[]\n", max_size=60))
def test_runs_rejoin_to_what_is_written_and_what_is_spoken(text: str) -> None:
    for segment in script.compose(script.Article(blocks=(script.Block("paragraph", text),))).segments:
        assert "".join(run.text for run in written_runs(segment)) == segment.text
        assert "".join(run.text for run in spoken_runs(segment)) == segment.spoken
        if not is_changed(segment):
            assert not any(run.changed for run in spoken_runs(segment))
