"""What readers and listeners can do with the page, in Chromium (NARRATION_CHROMIUM, else /usr/bin/chromium)."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from narration.podcast.entry import entry_of
from narration.podcast.page import write_page
from narration.podcast.programme import Programme
from narration.podcast.show import Show
from narration.podcast.show_page import write_show_page
from tests.narration.pictures import picture
from tests.narration.podcast.serving import serving
from tests.narration.podcast.told import Told, programme

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (tests/requirements.txt)")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")

CHROMIUM = Path(os.environ.get("NARRATION_CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium (or NARRATION_CHROMIUM)")

Open = Callable[..., Any]

PARTS = (
    Told("heading", ("The Last Keeper",), 1, "The Last Keeper"),
    Told("paragraph", ("It went out.", "Nobody saw it.", "The sea did."), 0),
    Told("heading", ("A light",), 2, "A light"),
    Told("paragraph", ("“Light the lamp!” he said.", "\U0001f600 So they did, \U0001f30a and slept.")),
    Told("item", ("An oil lamp.",), 1),
    Told("item", ("A small one.",), 2),
    Told("quote", ("We never slept.",), 1),
    Told("break"),
    *(Told("paragraph", ("One more line to read, and one more to hear.",)) for _ in range(18)),
    Told("heading", ("Nuit",), 3, "Nuit", "fr"),
    Told("paragraph", ("La nuit tombe.",), language="fr"),
    Told("paragraph", ("שלום עולם.",), language="he"),
    Told("caption", ("A lamp of 1845.",)),
)
TITLE = "The Last Keeper"
SMALL_PHONE = {"width": 320, "height": 568}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Programme, Path]:
    folder = tmp_path_factory.mktemp("site")
    told = programme(PARTS, folder, title=TITLE)
    (folder / "episodes/it/cover-small.jpg").write_bytes(picture("jpeg"))
    write_page(told, folder)
    return told, folder


@pytest.fixture(scope="session")
def told(site: tuple[Programme, Path]) -> Programme:
    return site[0]


@pytest.fixture(scope="session")
def address(site: tuple[Programme, Path]) -> Iterator[str]:
    with serving(site[1]) as port:
        yield page_at(port)


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Open]:
    """Opens the page, of this reader alone; whatever it complains of fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(place: str = "", *, at: str = "", before: Sequence[str] = (), **settings: Any) -> Any:
        context = browser.new_context(**settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        for script in before:
            page.add_init_script(script)
        page.goto((at or address) + place)
        page.complaints = complaints
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


def page_at(port: int) -> str:
    return f"http://127.0.0.1:{port}/episodes/it/index.html"


def marked(page: Any) -> dict[str, str]:
    """The text of the sentence and word that are marked."""
    return page.evaluate("Object.fromEntries([...CSS.highlights].map(([name, marks]) => [name, [...marks].join()]))")


def seconds(page: Any) -> float:
    return page.evaluate("document.getElementById('audio').currentTime")


def paused(page: Any) -> bool:
    return page.evaluate("document.getElementById('audio').paused")


def hear(page: Any, condition: str) -> None:
    """Wait for what the page says of itself: `audio` is its sound. (The policy forbids Playwright's own waiting.)"""
    for _ in range(200):
        if page.evaluate(f"(() => {{ const audio = document.getElementById('audio'); return {condition}; }})()"):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {condition}")


def beginning(page: Any, act: Callable[[], object]) -> float:
    """Where the sound begins to play when something is done; on a busy machine it is far on before one can look."""
    page.evaluate("""() => {
        const { audio } = player;
        audio.play = () => {
            window.beganS = audio.currentTime;
            return HTMLMediaElement.prototype.play.call(audio);
        };
    }""")
    act()
    hear(page, "window.beganS !== undefined")
    return page.evaluate("beganS")


def start_s(told: Programme, number: int) -> float:
    """When a segment starts."""
    return round(told.segments[number - 1][1].from_samples * 1000 / told.sample_rate_hz) / 1000


def words(told: Programme) -> list[tuple[float, str, str]]:
    """The middle of each word in seconds, its sentence, and itself, as written."""
    return [
        (
            (word.from_samples + word.to_samples) / 2 / told.sample_rate_hz,
            sentence.spoken,
            segment.text[slice(*word.written)],
        )
        for segment, heard in told.segments
        for sentence in heard.sentences
        for word in sentence.words
        if word.written
    ]


def test_play_and_pause(open_page):
    page = open_page()
    page.get_by_role("button", name="Play").click()
    hear(page, "!audio.paused && audio.currentTime > 0.3")
    page.get_by_role("button", name="Pause").click()
    assert paused(page)
    assert page.get_by_role("button", name="Play").is_visible()


def test_every_word_is_marked_in_its_sentence_while_it_is_heard(open_page, told):
    page = open_page()
    for middle_s, sentence, word in words(told)[::5]:
        page.evaluate("ms => player.seek(ms)", middle_s * 1000)
        hear(page, "[...CSS.highlights.get('word')].join() === " + json.dumps(word))
        assert marked(page) == {"sentence": sentence, "word": word}


def test_words_are_marked_in_order_while_it_plays_and_none_before_its_time(open_page, told):
    page = open_page()
    page.evaluate("""() => {
        const tellTime = () => { // at each frame; a browser does four times a second, between any two
            document.getElementById("audio").dispatchEvent(new Event("timeupdate"));
            requestAnimationFrame(tellTime);
        };
        requestAnimationFrame(tellTime);
        window.seen = [];
        const { marks } = player.highlighter;
        const mark = marks.mark;
        let before = null;
        marks.mark = (sentence, word) => {
            const again = word && before && word.compareBoundaryPoints(Range.START_TO_START, before) === 0;
            if (word && !again) seen.push([player.ms, word.toString()]);
            before = word;
            mark.call(marks, sentence, word);
        };
    }""")
    page.get_by_label("Speed").select_option("2")
    page.get_by_role("button", name="Play").click()
    hear(page, "audio.currentTime > 4")
    seen = page.evaluate("seen")
    starts = iter(
        (word.from_samples * 1000 / told.sample_rate_hz, segment.text[slice(*word.written)])
        for segment, heard in told.segments
        for sentence in heard.sentences
        for word in sentence.words
    )
    assert len(seen) > 4
    for ms, marked_word in seen:  # a busy machine leaves words out
        start_ms = next((start_ms for start_ms, word in starts if word == marked_word), None)
        assert start_ms is not None, f"{marked_word} out of its order"
        assert ms > start_ms - 2 * 17, "more than a frame too early, at twice the speed"


def test_click_on_a_word_plays_it(open_page, told):
    page = open_page()
    place = page.evaluate("""() => {
        const range = document.createRange();
        const text = document.getElementById("p2").firstChild;
        range.setStart(text, text.data.indexOf("saw"));
        range.setEnd(text, text.data.indexOf("saw") + 3);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return [0.85 * right + 0.15 * left, (top + bottom) / 2]; // its last letter, right half
    }""")
    began_s = beginning(page, lambda: page.mouse.click(*place))
    (saw_s,) = (
        round(word.from_samples * 1000 / told.sample_rate_hz) / 1000
        for segment, heard in told.segments
        for sentence in heard.sentences
        for word in sentence.words
        if word.written and segment.text[slice(*word.written)] == "saw"
    )
    assert began_s == pytest.approx(saw_s, abs=0.01)


def test_click_beside_the_words_plays_the_paragraph(open_page, told):
    page = open_page(viewport={"width": 800, "height": 900})
    box = page.locator("#p4").bounding_box()
    began_s = beginning(page, lambda: page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] - 3))
    assert began_s == pytest.approx(start_s(told, 4), abs=0.01)


def test_selecting_text_plays_nothing(open_page):
    page = open_page()
    box = page.locator("#p2").bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 10)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()")
    assert paused(page)


def test_keys_do_what_the_help_says(open_page, told):
    page = open_page()
    for key, place_s in (("ArrowRight", 30.0), ("ArrowLeft", 15.0)):
        page.keyboard.press(key)
        assert seconds(page) == pytest.approx(place_s, abs=0.01)
    page.evaluate("player.seek(0)")
    for key, number in (("j", 2), ("j", 3), ("k", 2), ("n", 3), ("n", 27), ("p", 3), ("p", 1)):
        page.keyboard.press(key)
        assert seconds(page) == pytest.approx(start_s(told, number), abs=0.01), key
    page.keyboard.press(">")
    assert page.evaluate("document.getElementById('audio').playbackRate") == 1.1
    page.keyboard.press("Space")
    hear(page, "!audio.paused")
    page.keyboard.press("Space")
    assert paused(page)
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="What the keys do").is_visible()
    before = seconds(page)
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert seconds(page) == before


def test_keys_can_be_turned_off(open_page):
    page = open_page()
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Keyboard shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert seconds(page) == 0
    page.reload()
    page.keyboard.press("n")
    assert seconds(page) == 0


def test_space_on_a_button_presses_only_the_button(open_page):
    page = open_page()
    page.get_by_role("button", name="Forward 30 seconds").focus()
    page.keyboard.press("Space")
    assert seconds(page) == pytest.approx(30, abs=0.01)
    assert paused(page)


def test_slider_is_moved_by_the_keyboard_and_says_where_it_is(open_page):
    page = open_page()
    slider = page.get_by_role("slider", name="Position")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert seconds(page) == 1
    assert slider.get_attribute("aria-valuetext").startswith("1 second of ")


def test_page_follows_until_the_reader_scrolls_and_again_when_asked(open_page):
    page = open_page(viewport={"width": 800, "height": 500})
    page.keyboard.press("n")
    page.keyboard.press("n")
    in_sight = (
        "(() => { const { top } = player.follower.range.getBoundingClientRect(); return top > 0 && top < 400; })()"
    )
    hear(page, in_sight)
    follow = page.get_by_role("button", name="Follow along")
    assert not follow.is_visible()
    page.mouse.move(400, 200)
    page.wait_for_timeout(1000)
    page.mouse.wheel(0, -5000)
    follow.wait_for()
    hear(page, "scrollY === 0")
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 0
    follow.click()
    hear(page, in_sight)
    assert not follow.is_visible()


def test_reader_finds_the_place_again(open_page):
    page = open_page()
    page.evaluate("player.seek(12345)")
    page.reload()
    assert seconds(page) == pytest.approx(12.345, abs=0.01)
    hear(page, "[...CSS.highlights.get('sentence')].length === 1")


def test_place_is_found_again_behind_the_time_that_the_address_named(open_page):
    page = open_page("#t=9.5")
    began_s = beginning(page, lambda: page.keyboard.press("Space"))
    assert began_s == pytest.approx(9.5, abs=0.01)
    page.evaluate("player.audio.pause(); player.seek(10_000)")
    page.reload()
    assert seconds(page) == pytest.approx(10, abs=0.01)


@pytest.mark.parametrize(("place", "number"), [("#ch2", 3), ("#p4", 4)])
def test_address_names_a_chapter_or_paragraph(open_page, told, place, number):
    assert seconds(open_page(place)) == pytest.approx(start_s(told, number), abs=0.01)


def test_address_names_a_time_or_nothing(open_page):
    page = open_page("#t=9.5")
    assert seconds(page) == pytest.approx(9.5, abs=0.01)
    places_ms = {
        "#t=0:09.5": 9500,
        "#t=0:1:01": 61_000,
        "#t=npt:9.5,20": 9500,
        "#t=-1": None,
        "#t=": None,
        "#ch999": None,
        "#<script>": None,
        "": None,
    }
    found = page.evaluate(
        "places => places.map((each) => Address.placeMs(each, player.timeline) ?? null)", list(places_ms)
    )
    assert dict(zip(places_ms, found, strict=True)) == places_ms


def test_address_behind_the_end_starts_at_the_beginning(open_page):
    assert seconds(open_page("#t=99999999")) == 0


def test_address_goes_along_with_the_chapter_and_can_be_changed(open_page, told):
    page = open_page()
    page.keyboard.press("n")
    assert page.url.endswith("#ch2")
    assert page.get_by_role("status").text_content() == "Chapter 2: A light"
    page.evaluate("location.hash = '#ch3'")
    hear(page, f"Math.abs(audio.currentTime - {start_s(told, 27)}) < 0.01")


def test_chapters_are_listed_and_played_from_there(open_page, told):
    page = open_page(viewport={"width": 1280, "height": 800})
    assert page.locator("#chapters a[aria-current]").text_content().startswith(TITLE)
    began_s = beginning(page, page.get_by_role("navigation").get_by_role("link", name="A light").click)
    assert began_s == pytest.approx(start_s(told, 3), abs=0.01)
    assert page.locator("#chapters a[aria-current]").text_content().startswith("A light")


def test_list_of_chapters_opens_at_the_one_that_is_heard(open_page):
    page = open_page("#ch3", viewport={"width": 320, "height": 290})
    page.get_by_role("button", name="Chapters").click()
    chapters = page.locator("#chapters")
    hear(page, "document.getElementById('chapters').scrollTop > 0")
    frame, current = (each.bounding_box() for each in (chapters, chapters.locator("[aria-current]")))
    assert frame["y"] <= current["y"]
    assert current["y"] + current["height"] <= frame["y"] + frame["height"]


def test_starts_of_chapters_are_marked_on_the_scale(open_page, told):
    page = open_page()
    scale = page.locator("#position").bounding_box()
    marks = page.locator(".chapter-start").all()
    assert len(marks) == len(told.chapters) - 1
    for mark, chapter in zip(marks, told.chapters[1:], strict=True):
        place = scale["x"] + scale["width"] * chapter.start_samples / told.n_samples
        assert mark.bounding_box()["x"] == pytest.approx(place, abs=3)


def test_words_are_loaded_when_their_chapter_is_near(open_page):
    page = open_page("#t=0", viewport={"width": 320, "height": 300})
    loaded = "[...heardWords.loading.keys()]"
    assert 3 not in page.evaluate(loaded)
    page.evaluate("player.seek(player.timeline.chapters[2].startMs)")
    assert 3 in page.evaluate(loaded)


def test_speed_keeps_the_pitch_and_is_remembered(open_page):
    page = open_page()
    page.get_by_label("Speed").select_option("1.5")
    page.reload()
    assert page.get_by_label("Speed").input_value() == "1.5"
    assert page.evaluate("[player.audio.playbackRate, player.audio.preservesPitch]") == [1.5, True]


def test_text_size_is_changed_and_remembered(open_page):
    page = open_page()
    size = "parseFloat(getComputedStyle(document.getElementById('p2')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Larger text").click()
    larger = page.evaluate(size)
    assert larger > before
    page.reload()
    assert page.evaluate(size) == larger


def test_sleep_timer_stops_after_its_minutes(open_page):
    page = open_page()
    page.clock.install()
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Sleep timer").select_option("5")
    page.evaluate("player.play()")
    hear(page, "!audio.paused")
    page.clock.fast_forward("05:01")
    hear(page, "audio.paused")
    assert page.get_by_label("Sleep timer").input_value() == ""


def test_sleep_timer_stops_where_the_chapter_ends(open_page, told):
    page = open_page()
    end_s = start_s(told, 3)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Sleep timer").select_option("chapter")
    page.evaluate(f"player.seek({(end_s - 0.5) * 1000}); player.play()")
    hear(page, f"audio.paused && audio.currentTime > {end_s - 0.4}")
    assert seconds(page) == pytest.approx(end_s, abs=0.01)


def test_system_is_told_what_plays_and_may_move_it(open_page, told):
    page = open_page(
        before=["navigator.mediaSession.setActionHandler = (name, act) => { (window.acts ??= {})[name] = act; };"]
    )
    page.evaluate("acts.nexttrack()")
    assert seconds(page) == pytest.approx(start_s(told, 3), abs=0.01)
    page.evaluate("acts.seekto({ seekTime: 2 }); acts.seekforward({})")
    assert seconds(page) == pytest.approx(32, abs=0.01)
    page.evaluate("acts.previoustrack(); acts.play()")
    hear(page, "!audio.paused && navigator.mediaSession.playbackState === 'playing'")
    metadata = page.evaluate("(({ title, artist, album }) => [title, artist, album])(navigator.mediaSession.metadata)")
    assert metadata == ["A light", "An Author", TITLE]
    (artwork,) = page.evaluate("navigator.mediaSession.metadata.artwork.map(({ src }) => src)")
    assert artwork.endswith("/episodes/it/cover-small.jpg")


def test_page_works_where_nothing_may_be_remembered(open_page):
    denied = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page = open_page(before=[denied])
    page.keyboard.press("n")
    page.get_by_label("Speed").select_option("2")
    assert seconds(page) > 1


def test_page_marks_with_boxes_where_the_browser_cannot_paint(open_page, told):
    page = open_page(before=["delete window.Highlight;"])
    middle_s, _, _ = next(each for each in words(told) if each[2] == "Nobody")
    page.evaluate("ms => player.seek(ms)", middle_s * 1000)
    page.locator(".marks .word").wait_for(state="attached")
    box = page.locator(".marks .word").bounding_box()
    assert page.evaluate(
        "([x, y]) => characterAt(document.getElementById('p2'), x, y)", [box["x"] + 3, box["y"] + box["height"] / 2]
    ) == PARTS[1].text.index("Nobody")


def test_page_works_from_a_folder(open_page, site):
    page = open_page("#ch2", at=(site[1] / "episodes/it/index.html").as_uri())
    hear(page, "[...CSS.highlights.get('sentence')].length === 1 && audio.readyState > 0")
    page.keyboard.press("Space")
    hear(page, "!audio.paused && audio.currentTime > player.timeline.chapters[1].startMs / 1000 + 0.2")
    assert page.locator("#trouble").is_hidden()


def test_page_without_javascript_is_text_and_sound(open_page):
    page = open_page(java_script_enabled=False)
    assert page.locator("audio").is_visible()
    assert page.get_by_text("Nobody saw it.").is_visible()
    assert page.get_by_role("link", name="A light").is_visible()
    assert not page.get_by_role("button").first.is_visible()


def test_sound_that_is_missing_is_said(open_page, site, tmp_path):
    write_page(site[0], tmp_path)
    with serving(tmp_path) as port:
        page = open_page(at=page_at(port))
        page.get_by_role("alert").wait_for()
        assert "could not be loaded" in page.get_by_role("alert").text_content()
        page.complaints[:] = [each for each in page.complaints if "404" not in each]


def test_words_that_are_missing_leave_the_paragraph_marked(open_page, site, tmp_path):
    write_page(site[0], tmp_path)
    (tmp_path / "episodes/it/words/1.js").unlink()
    with serving(tmp_path) as port:
        page = open_page("#p2", at=page_at(port))
        assert marked(page)["sentence"] == PARTS[1].text
        page.complaints.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (320, 640)], ids=["wide", "narrow"])
def test_axe_finds_no_fault(open_page, scheme, size):
    page = open_page(
        "#p4", color_scheme=scheme, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    page.evaluate("document.querySelector('#status').textContent = ''")
    page.mouse.move(size[0] / 2, 100)
    page.mouse.wheel(0, 3000)
    page.get_by_role("button", name="Follow along").wait_for()
    faults = [axe.Axe().run(page)]
    page.get_by_role("button", name="Settings").click()
    faults.append(axe.Axe().run(page))
    page.get_by_role("button", name="What the keys do").click()
    faults.append(axe.Axe().run(page))
    assert [each.generate_report() for each in faults if each.violations_count] == []


@pytest.mark.parametrize("percent", [100, 200])
def test_show_s_page_is_without_fault_on_a_small_phone_whatever_the_size_of_text(open_page, site, tmp_path, percent):
    show = Show("A Show with Explanations", "An Author", base_url="https://example.org/podcast")
    episode = entry_of(site[0], (), 0, datetime(2026, 11, 26, tzinfo=UTC))
    write_show_page(tmp_path, show, [replace(episode, title="Uncharacteristically")])
    for cover in (tmp_path / "cover-small.jpg", tmp_path / "episodes/it/cover-small.jpg"):
        cover.parent.mkdir(parents=True, exist_ok=True)
        cover.write_bytes(picture("jpeg"))
    with serving(tmp_path) as port:
        page = open_page(at=f"http://127.0.0.1:{port}/", viewport=SMALL_PHONE, bypass_csp=True)
        enlarge_text(page, percent)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert axe.Axe().run(page).violations_count == 0


def enlarge_text(page, percent):
    page.add_style_tag(content=f"html {{ font-size: {percent}% }}")


@pytest.mark.parametrize("percent", [100, 200])
def test_page_fits_a_small_phone_whatever_the_size_of_text(open_page, percent):
    page = open_page("#p4", viewport=SMALL_PHONE, has_touch=True, is_mobile=True, bypass_csp=True)
    enlarge_text(page, percent)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    boxes = {
        name: page.get_by_role(role, name=name).bounding_box()
        for role, name in (
            ("button", "Chapters"),
            ("button", "Back 15 seconds"),
            ("button", "Play"),
            ("button", "Forward 30 seconds"),
            ("combobox", "Speed"),
            ("button", "Settings"),
        )
    }
    for name, box in boxes.items():
        assert box["width"] >= 44, name
        assert box["height"] >= 44, name
        assert box["x"] >= 0, name
        assert box["x"] + box["width"] <= 320, name
    page.get_by_role("button", name="Chapters").tap()
    page.get_by_role("link", name="Nuit").tap()
    hear(page, "!audio.paused")
    assert not page.get_by_role("navigation").is_visible()


def test_focus_is_seen_and_goes_through_the_controls_in_order(open_page):
    page = open_page(viewport={"width": 1280, "height": 800})
    order = []
    for _ in range(8):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")
        )
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert order[:7] == [
        "All episodes",
        "Position",
        "Back 15 seconds",
        "Play",
        "Forward 30 seconds",
        "Speed",
        "Settings",
    ]


def test_printed_page_is_the_text_alone(open_page):
    page = open_page()
    page.evaluate("document.getElementById('larger').click()")
    page.emulate_media(media="print")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('article')).fontSize)")
    assert size == pytest.approx(11 * 4 / 3, abs=0.01)
    assert not page.locator(".player").is_visible()
    assert not page.get_by_role("navigation").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.passage')).contentVisibility") == "visible"


def test_reduced_motion_moves_at_once(open_page):
    page = open_page("#ch3", viewport={"width": 800, "height": 400}, reduced_motion="reduce")
    page.evaluate("scrollTo(0, 0); player.follower.resume()")
    assert page.evaluate("scrollY") > 100
