"""Varied prose of any length, the same every time: no two paragraphs alike, with numbers, names and dates in it."""

import random

_NOUNS = """river harbour lighthouse engine orchard library mountain railway village captain teacher winter market
bridge garden window letter machine kitchen forest island journal theatre newspaper violin painter doctor valley storm
committee experiment telescope archive ferry mill tower canal workshop chapel meadow compass lantern courthouse
printer glacier satellite harvest museum voyage mystery council factory hospital airport festival""".split()
_VERBS = """carried watched repaired described crossed followed measured painted remembered questioned opened built
closed discovered recorded surprised explained delayed sheltered replaced surrounded examined defended improved
borrowed admired ignored interrupted photographed translated abandoned celebrated""".split()
_ADJECTIVES = """old quiet narrow bright careful ordinary distant wooden careless famous hidden broken generous early
late empty crowded northern peculiar patient faded elaborate temporary ambitious forgotten reliable curious""".split()
_ADVERBS = "slowly often rarely carefully suddenly almost quietly eventually barely again everywhere willingly".split()
_NAMES = (
    "Anna Bergström|Dr. Okafor|Mr. Lindqvist|Maria Keller|Professor Tanaka|Mrs. O'Brien|Ibrahim|Captain Rossi".split(
        "|"
    )
)
_OPENINGS = ("By then", "In those years", "Even so", "According to the report", "That evening", "As a rule", "Later")


def paragraphs(n_characters: int, seed: int = 1) -> list[str]:
    """Paragraphs of 300 to 900 characters, together at least that many characters long."""
    chance = random.Random(seed)
    written: list[str] = []
    length = 0
    while length < n_characters:
        goal = chance.randint(300, 900)
        text = ""
        while len(text) < goal:
            text += _sentence(chance) + " "
        written.append(text.strip())
        length += len(text) + 1
    return written


def article(n_characters: int, seed: int = 1) -> str:
    """The paragraphs as a text file, parted by blank lines."""
    return "\n\n".join(paragraphs(n_characters, seed)) + "\n"


def _thing(chance: random.Random) -> str:
    adjective = f"{chance.choice(_ADJECTIVES)} " if chance.random() < 0.6 else ""
    return f"the {adjective}{chance.choice(_NOUNS)}"


def _clause(chance: random.Random) -> str:
    subject = chance.choice(_NAMES) if chance.random() < 0.2 else _thing(chance)
    adverb = f"{chance.choice(_ADVERBS)} " if chance.random() < 0.3 else ""
    return f"{subject} {adverb}{chance.choice(_VERBS)} {_thing(chance)}"


def _sentence(chance: random.Random) -> str:
    clause = _clause(chance)
    kind = chance.random()
    if kind < 0.2:
        text = f"{chance.choice(_OPENINGS)}, {clause}, and {_clause(chance)}"
    elif kind < 0.35:
        text = f"{clause} in {chance.randint(1850, 2024)}, some {chance.randint(2, 950)} {chance.choice(_NOUNS)}s later"
    elif kind < 0.5:
        text = f"although {clause}, {_clause(chance)} near {_thing(chance)}"
    elif kind < 0.6:
        text = f"“{clause[0].upper()}{clause[1:]},” said {chance.choice(_NAMES)}"
    else:
        text = clause
    return text[0].upper() + text[1:] + "."
