"""Settings: flags over front matter over file over defaults, each checked."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narration.cli.options import _SETTINGS
from narration.errors import UsageError
from narration.settings import _OPTIONS, _TABLES, PAUSES, Settings, settings_file, stored
from script.settings import POLICIES


def test_later_settings_win_and_leave_the_others() -> None:
    settings = Settings().with_({"voice": "a", "speed": 2}, "file").with_({"voice": "b"}, "flags")
    assert (settings.voice, settings.speed) == ("b", 2.0)


def test_numbers_may_come_as_text() -> None:
    settings = Settings().with_({"speed": "1.5", "jobs": "2", "loudness": "-16", "pause.heading": "2"}, "front matter")
    assert (settings.speed, settings.jobs, settings.loudness_lufs) == (1.5, 2, -16.0)
    assert settings.pauses == {"heading": 2.0}


def test_pauses_are_laid_over_each_other_kind_by_kind() -> None:
    settings = Settings().with_({"pause": {"heading": 2, "item": 1}}, "file").with_({"pause.item": 3}, "front matter")
    assert settings.pauses == {"heading": 2.0, "item": 3.0}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"speed": 0.2}, "speed is 0.2; it goes from 0.25 to 4"),
        ({"speed": "fast"}, "“fast” is not a number"),
        ({"speed": float("nan")}, "speed is nan"),
        ({"volume": 1.1}, "volume is 1.1; it goes from 0 to 1"),
        ({"jobs": 1.5}, "“1.5” is not a whole number"),
        ({"jobs": "inf"}, "“inf” is not a whole number"),
        ({"chapters": "some"}, "chapters is “some”; it is one of auto, headings, paragraphs, none"),
        ({"profile": "loud"}, "profile is “loud”"),
        ({"loudness": 3}, "loudness is 3"),
        ({"pause": {"heading": -1}}, "pause heading is -1"),
        ({"pause": {"nothing": 1}}, "pause is “nothing”"),
        ({"pause.item": "long"}, "“long” is not a number"),
    ],
)
def test_wrong_setting_names_its_source_and_what_it_may_be(values: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError) as error:
        Settings().with_(values, "The file")
    assert str(error.value).startswith("The file: ")
    assert words in str(error.value)


@given(
    st.dictionaries(st.sampled_from([*_OPTIONS, "pause", "pause.item", "other"]), st.none() | st.floats() | st.text())
)
def test_any_values_are_settings_or_a_usage_error(values: dict[str, object]) -> None:
    try:
        settings = Settings().with_(values, "source")
    except UsageError:
        return
    assert Settings(**stored(settings)) == settings


def test_every_setting_is_an_option_of_the_command_line() -> None:
    assert {field.name for field in fields(Settings)} - {"policies"} == {
        attribute for attribute, _ in (*_OPTIONS.values(), *_TABLES.values())
    }
    names = {parameter for option in _SETTINGS for parameter in _names(option)}
    tables = {table.replace("-", "_") for table in _TABLES}
    assert names - {"allow_private", "entry"} == {*_OPTIONS, *POLICIES, *tables}  # those two are about the source


def _names(option: object) -> list[str]:
    def command() -> None: ...

    option(command)  # type: ignore[operator]
    return [parameter.name for parameter in command.__click_params__]  # type: ignore[attr-defined]


def test_target_is_the_profile_s_unless_one_is_given() -> None:
    assert Settings().target_lufs == -19.0
    assert Settings(profile="raw").target_lufs is None
    assert Settings(profile="acx", loudness_lufs=-21.0).target_lufs == -21.0
    assert Settings(stereo=True).target_lufs == -16.0
    assert Settings(stereo=True, profile="acx").target_lufs == -17.0
    assert Settings(stereo=True, profile="raw").target_lufs is None
    assert Settings(stereo=True, loudness_lufs=-18.0).target_lufs == -18.0
    assert (Settings().ceiling_dbtp, Settings(profile="acx").ceiling_dbtp) == (-1.0, -3.0)


def test_folder_without_a_file_sets_nothing(tmp_path: Path) -> None:
    assert settings_file(tmp_path) == {}
    assert settings_file(tmp_path / "nosuch") == {}


def test_file_sets_options_and_pauses(tmp_path: Path) -> None:
    (tmp_path / "narration.toml").write_text('voice = "low"\n[pause]\nheading = 2\n')
    settings = Settings().with_(settings_file(tmp_path), "file")
    assert (settings.voice, settings.pauses) == ("low", {"heading": 2.0})


@pytest.mark.parametrize("content", [b"voic = 'x'", b"voice =", b"\xff", b"[pause]\nx = 'y'"])
def test_file_that_cannot_be_used_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "narration.toml").write_bytes(content)
    with pytest.raises(UsageError, match=r"narration\.toml"):
        Settings().with_(settings_file(tmp_path), str(tmp_path / "narration.toml"))


def test_every_pause_can_be_set() -> None:
    assert Settings().with_({"pause": dict.fromkeys(PAUSES, 1)}, "file").pauses == dict.fromkeys(PAUSES, 1.0)


def test_cast_is_a_table_a_dotted_name_or_an_option() -> None:
    settings = Settings().with_({"cast": {"Anna": "en-gb"}, "voice-for": {"quote": "Anna"}}, "narration.toml")
    settings = settings.with_({"cast.Ben": "tone/low", "dialogue": "true"}, "the front matter")
    settings = settings.with_({"voice_for": {"heading": "Ben"}, "dialogue": False}, "settings")
    assert settings.cast == {"Anna": "en-gb", "Ben": "tone/low"}
    assert settings.voices_for == {"quote": "Anna", "heading": "Ben"}
    assert not settings.dialogue


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"voice-for.title": "x"}, "voice-for is “title”; it is one of heading, paragraph, item, quote, caption."),
        ({"dialogue": "perhaps"}, "“perhaps” is neither true nor false."),
    ],
)
def test_meaningless_casting_is_refused(values: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        Settings().with_(values, "the front matter")
