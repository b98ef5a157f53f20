"""An episode that was made, to be published."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

import narration
from narration.podcast.artwork import made_cover
from narration.podcast.programme import Programme, programme_of
from narration.podcast.publish import publish
from narration.production import production
from narration.record import no_progress
from tests.narration.conftest import Narrate, written

ARTICLE = """\
---
title: The Lamp
author: A. Keeper
date: 2024-06-01
language: en
description: What became of a lamp.
---

# Dusk

The lamp was lit at dusk. Nobody saw who had done it.

# Dawn

At 6:30 on 1 May 1987 the ship came home, with all her men aboard and nothing in the hold but salt.
"""
TONE = ("--voice", "tone/low")
Make = Callable[..., Path]
Programmed = Callable[[Path], Programme]


@pytest.fixture
def made(folder: Path, narrate: Narrate) -> Make:
    """Narrates a text, by a tone, and gives its project."""

    def make(text: str = ARTICLE, name: str = "lamp.md", *options: object) -> Path:
        source = written(folder / name, [text])
        assert narrate(source, *TONE, *options).code == 0
        return source.with_suffix(".narration")

    return make


@pytest.fixture
def programmed(folder: Path) -> Programmed:
    """The programme of a project, its sound in a folder of its own."""

    def programme(project: Path, slug: str = "lamp") -> Programme:
        place = folder / "site" / "episodes" / slug
        place.mkdir(parents=True, exist_ok=True)
        with production(project, 1, no_progress) as opened:
            return programme_of(opened, place)

    return programme


_made_once = cache(made_cover)


@pytest.fixture(autouse=True)
def _covers_of_the_same_words_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes a good part of a second."""
    monkeypatch.setattr("narration.podcast.publish.made_cover", _made_once)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an episode, lamp.md, that is published in site/ once, for tests that leave it as it is."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "lamp.md").write_text(ARTICLE, "utf-8")
    narration.narrate(folder / "lamp.md", voice="tone/low")
    publish([str(folder / "lamp.narration")], folder / "site", now=datetime(2026, 3, 4, tzinfo=UTC))
    return folder
