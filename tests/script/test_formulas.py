import pytest
from hypothesis import given
from hypothesis import strategies as st

from script.formulas import in_words


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        ("E = mc^2", "E equals m c squared"),
        ("E = mc²", "E equals m c squared"),
        (r"\frac{a}{b+1}", "a over b plus one"),
        (r"\sqrt{x}", "the square root of x"),
        (r"\sqrt[3]{8} = 2", "the cube root of eight equals two"),
        (r"x_i^{n+1}", "x sub i to the power of n plus one"),
        (r"a^{b^c}", "a to the power of b to the power of c"),
        (r"\sum_{i=1}^{n} i", "the sum from i equals one to n of i"),
        (r"\sum_{k \in K} k", "the sum over k is in K of k"),
        (r"\int_0^\infty f(x)\,dx", "the integral from zero to infinity of f of x d x"),
        (r"\lim_{x \to 0} x", "the limit as x to zero of x"),
        (r"\prod_i p_i", "the product over i of p sub i"),
        (r"\alpha \neq \Omega", "alpha is not equal to capital omega"),
        (r"x \le 5 < y", "x is at most five is less than y"),
        (r"\sin^2 \theta", "sine squared theta"),
        (r"\log_2 8", "log base two eight"),
        (r"\left| x \right| \pm 1", "the absolute value of x plus or minus one"),
        (r"f(x+1)", "f of open parenthesis x plus one close parenthesis"),
        (r"90^\circ", "ninety degrees"),
        (r"\binom{n}{k}", "n choose k"),
        (r"\vec{v} \cdot \hat{n}", "vector v times n hat"),
        (r"\mathbb{R}^n", "R to the power of n"),
        (r"f'(x)", "f prime open parenthesis x close parenthesis"),
        (r"50\%", "fifty percent"),
        (r"a \in \{1, 2\}", "a is in open brace one, two close brace"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a equals b, c equals d"),
    ],
)
def test_common_notation_is_read(latex, words):
    assert in_words(latex, "en") == words


@pytest.mark.parametrize(
    "latex", [r"\unheard{x}", "{", "}", "x^", r"\frac{a}", "|x", "", "x" * 500, "{" * 99 + "}" * 99]
)
def test_what_has_no_words_has_none(latex):
    assert in_words(latex, "en") is None


def test_other_languages_have_their_own_words():
    assert in_words(r"\sqrt{x} \le y^2", "de") == "Wurzel aus x kleiner oder gleich y Quadrat"
    assert in_words("x^2", "zz") is None


_TOKENS = r"\frac \sqrt \sum \left \right ( ) { } [ ] ^ _ | x 2 + \alpha \text \begin & \\"


@given(st.lists(st.sampled_from(_TOKENS.split())))
def test_every_formula_has_words_or_none(tokens):
    found = in_words(" ".join(tokens), "en")
    assert found is None or found == " ".join(found.split())
