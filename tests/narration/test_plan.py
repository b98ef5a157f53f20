"""What is recorded and what is reused, decided over plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from narration.plan import Paragraph, Plan, paragraph_key, paragraphs, plan
from narration.project import Choice, How, Take
from tests.narration.values import SOUND, sound

TEXTS = ("First.", "Second.", "Third.")


def episode(*texts: str, **others: object) -> tuple[Paragraph, ...]:
    return paragraphs(texts, [sound(text, **others) if text else None for text in texts])


def takes(*of: Paragraph) -> list[Take]:
    return [
        Take(number, paragraph.key, paragraph.sound.key, paragraph.sound, 1.0, -20.0)
        for number, paragraph in enumerate(of, 1)
        if paragraph.sound
    ]


def choice(paragraph: Paragraph, take: int, how: How) -> dict[tuple[str, int], Choice]:
    return {(paragraph.key, paragraph.occurrence): Choice(take, how, paragraph.text)}


def steps(planned: Plan) -> list[tuple[str, str, int | None]]:
    return [(step.action, step.why, step.take) for step in planned.steps]


def planned(
    now: Sequence[Paragraph],
    recorded: Sequence[Take] = (),
    choices: Mapping[tuple[str, int], Choice] | None = None,
    before: Sequence[Paragraph] = (),
) -> Plan:
    return plan(now, recorded, choices or {}, before)


def test_without_takes_all_is_new() -> None:
    assert steps(planned(episode(*TEXTS))) == [("record", "new", None)] * 3


def test_what_was_recorded_is_reused() -> None:
    now = episode(*TEXTS)
    assert steps(planned(now, takes(*now), before=now)) == [("reuse", "unchanged", take) for take in (1, 2, 3)]


def test_pause_is_neither() -> None:
    assert steps(planned(episode("First.", "", "Third."))) == [
        ("record", "new", None), ("pause", "a pause", None), ("record", "new", None),
    ]  # fmt: skip


def test_inserted_paragraph_alone_is_recorded() -> None:
    before, now = episode(*TEXTS), episode("First.", "Inserted.", "Second.", "Third.")
    assert steps(planned(now, takes(*before), before=before)) == [
        ("reuse", "unchanged", 1), ("record", "new", None), ("reuse", "unchanged", 2), ("reuse", "unchanged", 3),
    ]  # fmt: skip


@given(st.permutations(["First.", "Second.", "Third.", "Fourth."]))
def test_moved_paragraphs_keep_their_takes(texts: list[str]) -> None:
    before = episode("First.", "Second.", "Third.", "Fourth.")
    by_text = {paragraph.text: take.id for paragraph, take in zip(before, takes(*before), strict=True)}
    result = planned(episode(*texts), takes(*before), before=before)
    assert [step.take for step in result.steps] == [by_text[text] for text in texts]


def test_edited_text_is_recorded_and_called_so() -> None:
    before, now = episode(*TEXTS), episode("First.", "Second, edited.", "Third.")
    assert steps(planned(now, takes(*before), before=before))[1] == ("record", "text changed", None)


def test_another_voice_is_recorded_and_called_so() -> None:
    before, now = episode(*TEXTS), episode(*TEXTS, voice="high")
    assert {why for _, why, _ in steps(planned(now, takes(*before), before=before))} == {
        "voice changed from low to high"
    }


def test_what_was_planned_but_not_recorded_is_called_so() -> None:
    now = episode(*TEXTS)
    assert steps(planned(now, takes(now[0]), before=now))[1] == ("record", "not recorded yet", None)


def test_going_back_to_a_voice_reuses_its_takes() -> None:
    low, high = episode(*TEXTS), episode(*TEXTS, voice="high")
    recorded = takes(*low, *high)
    assert [step.take for step in planned(low, recorded, before=high).steps] == [1, 2, 3]


def test_first_of_several_takes_that_sound_alike_is_used() -> None:
    now = episode("First.")
    assert planned(now, takes(now[0], now[0]), before=now).steps[0].take == 1


def test_markup_does_not_matter_to_a_take() -> None:
    now = paragraphs(["*First.*"], [sound("First.")])
    assert planned(now, takes(*episode("First."))).steps[0].take == 1


def test_picked_take_is_used() -> None:
    now = episode(*TEXTS)
    other = replace(SOUND, variation=2)
    recorded = [*takes(*now), Take(9, now[1].key, other.key, other, 1.0, -20.0)]
    assert steps(planned(now, recorded, choice(now[1], 9, "pick"), now))[1] == ("reuse", "the take you picked", 9)


def test_choice_goes_where_its_paragraph_goes() -> None:
    before, now = episode(*TEXTS), episode("Third.", "New.", "First.", "Second.")
    result = planned(now, takes(*before), choice(before[1], 3, "say"), before)
    assert steps(result)[3] == ("reuse", "the words you gave it", 3)
    assert result.notes == ()


def test_choice_whose_text_is_gone_is_reported() -> None:
    before, now = episode(*TEXTS), episode("First.", "Other.", "Third.")
    result = planned(now, takes(*before), choice(before[1], 2, "from"), before)
    assert result.steps[1].action == "record"
    assert result.notes == (
        (
            "“Second.” is no longer there. Until it is back, the episode goes without your own recording, "
            "and the project keeps that."
        ),
    )


def test_choice_comes_back_with_its_text() -> None:
    first, now = episode(*TEXTS), episode(*TEXTS)
    result = planned(now, takes(*first), choice(first[1], 3, "say"), before=episode("First.", "Third."))
    assert result.steps[1].take == 3


def test_redone_take_gives_way_when_the_voice_changes() -> None:
    before, now = episode(*TEXTS), episode(*TEXTS, voice="high")
    again = sound("Second.", variation=2)
    recorded = [*takes(*before), Take(9, before[1].key, again.key, again, 1.0, -20.0)]
    chosen = choice(before[1], 9, "redo")
    assert planned(before, recorded, chosen, before).steps[1].take == 9
    assert steps(planned(now, recorded, chosen, before))[1] == ("record", "voice changed from low to high", None)


def test_picked_take_stays_when_the_voice_changes_and_that_is_said() -> None:
    before, now = episode(*TEXTS), episode(*TEXTS, voice="high")
    result = planned(now, takes(*before), choice(before[1], 2, "pick"), before)
    assert result.steps[1].take == 2
    assert result.notes == ("Paragraph 2 keeps the take you picked, though: voice changed from low to high.",)


def test_words_voice_and_recording_of_a_person_stay_when_the_voice_changes() -> None:
    before, now = episode(*TEXTS), episode(*TEXTS, voice="high")
    for how in ("say", "voice", "from"):
        result = planned(now, takes(*before), choice(before[1], 2, how), before)
        assert (result.steps[1].take, result.notes) == (2, ())


def test_equal_paragraphs_share_a_take_and_not_a_choice() -> None:
    now = episode("Same.", "Other.", "Same.")
    assert [paragraph.occurrence for paragraph in now] == [1, 1, 2]
    result = planned(now, takes(*now[:2]), choice(now[2], 2, "pick"), now)
    assert [step.take for step in result.steps] == [1, 2, 2]


def test_choice_for_a_take_that_is_gone_is_none() -> None:
    now = episode(*TEXTS)
    assert planned(now, takes(*now), choice(now[0], 99, "pick"), now).steps[0].take == 1


@given(st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8), st.lists(st.sampled_from(["a", "b", "c", ""])))
def test_every_paragraph_gets_one_step(before: list[str], now: list[str]) -> None:
    old = episode(*before)
    result = planned(episode(*now), takes(*old), before=old)
    assert [step.paragraph.number for step in result.steps] == list(range(1, len(now) + 1))
    assert all((step.action == "reuse") == (step.take is not None) for step in result.steps)


def test_paragraph_key_tells_texts_apart() -> None:
    assert paragraph_key("a") != paragraph_key("a ")
    assert len(paragraph_key("\udce9")) == 32
