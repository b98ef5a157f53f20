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
