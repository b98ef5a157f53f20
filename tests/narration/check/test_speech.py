"""What is said of sentences that do not sound like their words."""

from narration.check.measures import Measures
from narration.check.speech import SpokenSentence, speech_findings
from tests.narration.check.test_fit import HEARD, SAID, heard, phones


def sentence(number: int, text: str, said: str, shape) -> SpokenSentence:
    seconds = len(shape) / 20
    measures = Measures(seconds, 0.0, seconds, -20.0, 0.0, 0.0, 0.0, 0.0, -3.0, -3.0, -90.0, 0, 0.0, shape)
    return SpokenSentence(number, text, "a voice", 10.0 * number, 10.0 * number + seconds, measures, phones=said)


def misheard(sentences: list[SpokenSentence]) -> list[int | None]:
    return [each.paragraph for each in speech_findings(sentences) if each.kind in ("text", "repeat")]


EPISODE = [
    sentence(number, f"All of these {'letters' * 3} {number}.", said, shape)
    for number, (said, shape) in enumerate(zip(SAID, HEARD, strict=True), 1)
]
REFRAIN = phones()


def test_sentence_that_is_said_again_and_again_in_its_own_way_is_let_be():
    other = phones()
    refrains = [sentence(number, "Such is the refrain of it all.", REFRAIN, heard(other)) for number in range(101, 107)]
    assert misheard([*EPISODE, *refrains]) == []
    assert misheard([*EPISODE, *refrains[:1]]) == [101]


def test_one_of_those_that_is_not_like_the_others_is_found():
    sounds = [heard(REFRAIN) for _ in range(5)] + [heard(phones())]
    refrains = [sentence(101 + n, "Such is the refrain of it all.", REFRAIN, shape) for n, shape in enumerate(sounds)]
    assert misheard([*EPISODE, *refrains]) == [106]
