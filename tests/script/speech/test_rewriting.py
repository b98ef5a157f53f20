from script.speech.rewriting import Rewrite, apart_from, rendered, settled


def test_leftmost_wins_then_longest_then_first():
    early, long, short, same = Rewrite(0, 2, "a"), Rewrite(3, 9, "b"), Rewrite(3, 5, "c"), Rewrite(3, 9, "d")
    assert settled([short, long, same, Rewrite(1, 4, "e"), early]) == [early, long]


def test_what_touches_a_fixed_rewrite_goes():
    fixed = [Rewrite(2, 4, "x"), Rewrite(8, 9, "y")]
    found = [Rewrite(0, 2, "a"), Rewrite(1, 3, "b"), Rewrite(0, 9, "c"), Rewrite(4, 8, "d")]
    assert apart_from(found, fixed) == [found[0], found[3]]


def test_rendered_part_traces_each_run_to_its_characters():
    spoken = rendered("pay $5 now", [Rewrite(4, 6, "five dollars")], 4, 10)
    assert spoken.text == "five dollars now"
    assert [(span.start, span.end, span.from_start, span.from_end) for span in spoken.spans] == [
        (0, 12, 4, 6),
        (12, 16, 6, 10),
    ]


def test_of_the_spaces_around_what_is_dropped_one_stays():
    assert rendered("a # b", [Rewrite(2, 3, "")], 0, 5).text == "a b"
