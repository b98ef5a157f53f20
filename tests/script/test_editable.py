import script
from script.article import Article, Block, Override


def test_editable_script_is_pleasant_markdown():
    blocks = (
        Block("heading", "One", 1),
        Block("paragraph", "It's 5_000 * 2 [sic].", overrides=(Override(5, 10, "five thousand"),)),
        Block("item", "1. first", 2),
        Block("quote", "Said.", 1, voice="anna", speed=0.9, pause_s=2.0),
        Block("caption", "A lamp"),
        Block("break", ""),
        Block("paragraph", "# End"),
    )
    article = Article(title="It's so", author="Ann", language="en", blocks=blocks)
    assert script.written(script.compose(article)) == (
        "---\ntitle: 'It''s so'\nauthor: 'Ann'\nlanguage: 'en'\n---\n\n"
        "# One\n\n"
        'It\'s [5\\_000]{say="five thousand"} \\* 2 \\[sic\\].\n\n'
        "- - 1\\. first\n\n"
        '::: {voice="anna" speed="0.9" pause="2"}\n> Said.\n:::\n\n'
        "::: {.caption}\nA lamp\n:::\n\n"
        "* * *\n\n"
        "\\# End\n"
    )


def test_editable_script_names_chapters_that_are_not_the_usual_ones():
    article = script.read("# A\n\nText.\n\n# B\n\nText.", format="markdown")
    composed = script.compose(article, script.ScriptSettings(chapters="none"))
    assert "chapters: 'none'" in script.written(composed)


def test_editable_script_keeps_what_is_said_otherwise():
    text = 'A [12]{lang=de}, [gone]{say=""}, [gif]{say="jif"} and $x^2$.'
    composed = script.compose(script.read(text, format="markdown"))
    assert composed.segments[0].spoken == f"A {script.spoken('12', 'de')}, jif and x squared."
    assert script.written(composed).endswith(
        'A [12]{lang="de"}, [gone]{say=""}, [gif]{say="jif"} and [x²]{say="x squared"}.\n'
    )


def test_editable_script_keeps_the_policies_it_was_made_with():
    article = script.read("Text (Smith et al., 2020) 👍.\n\n```\ncode\n```", format="markdown")
    policies = script.Policies(code="read", citations="read", emoji="skip")
    composed = script.compose(article, script.ScriptSettings(policies=policies))
    assert "\ncode: 'read'\ncitations: 'read'\nemoji: 'skip'\n" in script.written(composed)
    again = script.compose(script.read(script.written(composed), format="markdown"))
    assert again.segments == composed.segments
