"""show.toml: made for a person to edit, and read with every mistake named."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from narration.errors import UsageError
from narration.podcast.plain_text import plain
from narration.podcast.show import Show, read_show, show_toml
from tests.narration.podcast.programmes import texts

SHOW = Show("A Show", author="An Author", category="Arts > Books")


def test_show_comes_back_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(show_toml(SHOW), "utf-8")
    assert read_show(tmp_path / "show.toml") == SHOW


@given(texts, texts)
def test_any_text_can_stand_in_it(title: str, author: str) -> None:
    show = replace(SHOW, title=f"{title} t", author=author)
    read = Show(**tomllib.loads(show_toml(show)))
    assert (read.title, read.author) == (plain(show.title), plain(author))


def test_category_is_one_of_apple_s_with_the_one_below_it() -> None:
    assert SHOW.categories() == ("Arts", "Books")
    assert replace(SHOW, category="").categories() == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "title is empty"),
        ('title = "A"\ncategory = "Art"', "category is “Art”, which Apple does not have. The nearest are: Arts"),
        ('title = "A"\ncategory = "Arts > Book"', "Arts has no “Book” below it. The nearest are: Books"),
        ('title = "A"\ncategory = "Arts > Books > Old"', "write Category > Subcategory"),
        ('title = "A"\ntitel = "B"', "there is no “titel”. The nearest are: title"),
        ('title = "A"\nexplicit = "no"', "explicit is 'no', and has to be true or false"),
        ('title = "A"\nseason = 1.5', "season is 1.5, and has to be a whole number"),
        ('title = "A"\ntype = "weekly"', "it is one of episodic, serial"),
        ('title = "A"\nbase_url = "example.org"', "begins with https://"),
        ('title = "A"\nbase_url = "https://a☃.example"', "base_url is “https://a☃.example”, which is no web address"),
        ('title = "A"\nemail = "nobody"', "no address for mail"),
        ('title = "A"\nlanguage = "English"', "no code such as en or pt-BR"),
        ('title = "A"\nseason = -1', "no number of a season"),
        ('title = "A"\nguid = "my-show"', "which is no UUID"),
        ("title = ", "Invalid value"),
    ],
)
def test_mistake_is_named_with_the_file(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "show.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as raised:
        read_show(path)
    assert str(raised.value).startswith(f"{path} cannot be used: ")
    assert words in str(raised.value)


def test_what_apple_asks_for_is_told() -> None:
    assert Show("A").missing_for_apple() == ("base_url", "email", "category", "author", "description")


def test_address_that_apple_does_not_take_is_told() -> None:
    told = "a base_url that begins with https://"
    assert told in Show("A", base_url="http://a.example").missing_for_apple()
    assert told not in Show("A", base_url="https://a.example").missing_for_apple()
