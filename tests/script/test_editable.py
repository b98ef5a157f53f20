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


PICTURES = """Before.

![](behind.png)

![A [12]{say="dozen"} \\[lamps\\]](a%20lamp.png){alt="Seen from the sea"}

- An item.

![](images/\\(1\\).jpg) ![](images/2.jpg)

::: {voice="anna"}
![A light](light.webp)
:::

::: caption
No picture.
:::
"""


def test_editable_script_keeps_pictures_where_they_stand():
    composed = script.compose(script.read(PICTURES, format="markdown"))
    text = script.written(composed)
    assert '\n\n![A [12]{say="dozen"} \\[lamps\\]](a%20lamp.png){alt="Seen from the sea"}\n\n' in text
    assert "\n- An item.\n\n![](images/%281%29.jpg)\n\n![](images/2.jpg)\n\n" in text
    again = script.compose(script.read(text, format="markdown"))
    assert again.segments == composed.segments
    assert script.written(again) == text
    shown = [[picture.place for picture in segment.pictures] for segment in again.segments]
    assert shown == [["behind.png"], ["a%20lamp.png"], ["images/%281%29.jpg", "images/2.jpg"], ["light.webp"], []]


def test_editable_script_leaves_out_pictures_that_cannot_be_had():
    composed = script.compose(script.read("Before.\n\n![A lamp](lamp.png)", format="markdown"))
    assert script.written(composed, lambda _: "").endswith("Before.\n\n::: {.caption}\nA lamp\n:::\n")
