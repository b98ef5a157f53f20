from collections import Counter

import pytest

from script.utterances import utterances


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Sie gewann in der 2. Runde."),
        ("de", "Das 3. Kind kam am 4. Mai."),
        ("sv", "Vi ses kl. 8 i dag."),
        ("pt", "Fica na Av. Paulista."),
        ("pl", "Był na 3. piętrze przy ul. Długiej."),
        ("hi", "डॉ. सिंह आए।"),
    ],
)
def test_no_sentence_ends_at_the_stop_of_a_rank_or_an_abbreviation(language, text):
    assert len(utterances(text, language, (), 1000, Counter())) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Er kam usw. Dann ging er."),
        ("sv", "Han kom osv. Sedan gick han."),
        ("en", "It was in Jan. The team left."),
    ],
)
def test_sentence_still_ends_at_an_abbreviation_that_may_end_one(language, text):
    assert len(utterances(text, language, (), 1000, Counter())) == 2
