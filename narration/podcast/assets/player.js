"use strict";

/** The page as it plays: the sound, and everything that goes along with it. */
class Player {
  constructor(root) {
    this.root = root;
    this.audio = root.getElementById("audio");
    this.timeline = new Timeline(root);
    this.memory = new Memory(root.body.dataset.episode);
    this.highlighter = new Highlighter();
    this.controls = new Controls(root, this);
    this.follower = new Follower(root.getElementById("follow"), root.querySelector(".player"));
    this.sleep = new SleepTimer(root.getElementById("sleep"), {
      chapterEndMs: () => this.timeline.chapterAt(this.ms).endMs,
      stop: (endMs) => this.rest(endMs),
      announce: (text) => this.controls.announce(text),
    });
    this.session = new Session(this.actionsOfSystem());
    this.keys = new Keys(this.actionsOfKeys(), () => this.controls.shortcuts.checked);
    this.audio.controls = false;
    this.audio.preservesPitch = true;
    this.setSpeed(Number(this.controls.speed.value));
    this.listenToSound();
    this.listenToReader();
    this.start();
  }

  /** Where the sound is, in milliseconds of the episode: whole ones, for a browser gives back a little less than was set. */
  get ms() {
    return Math.round(this.audio.currentTime * 1000);
  }

  /** The time to mark: while it plays, what is drawn now is seen when the next frame is shown. */
  get shownMs() {
    return this.ms + (this.audio.paused ? 0 : Player.FRAME_MS * this.audio.playbackRate);
  }

  /** Puts the sound where the address names, else where the reader was last. */
  start() {
    const { hash } = location;
    const named = Address.placeMs(hash, this.timeline);
    const remembered = this.memory.position * 1000;
    const inNamedChapter = hash.startsWith("#ch") && this.timeline.chapterAt(remembered).startMs === named;
    const ms = named === undefined || (remembered && inNamedChapter) ? remembered : named;
    this.controls.showPlaying(false);
    if (ms > 0 && ms < this.timeline.durationMs) this.seek(ms);
    else this.goAlong(false);
  }

  toggle() {
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  async play() {
    try {
      await this.audio.play();
    } catch (error) {
      // AbortError: paused before it began. NotSupportedError: the `error` event tells.
      if (error.name === "NotAllowedError") this.controls.warn("The browser wants a click on Play before it plays.");
    }
  }

  seek(ms) {
    this.audio.currentTime = Math.min(Math.max(ms, 0), this.timeline.durationMs) / 1000;
    this.goAlong();
    this.sleep.moved();
    this.memory.position = this.audio.currentTime;
  }

  skip(seconds) {
    this.seek(this.ms + seconds * 1000);
  }

  setSpeed(speed) {
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
    Memory.set("speed", speed);
  }

  /** Seeks to a place that the reader chose in the text, and goes along with it from there. */
  hear(ms) {
    this.seek(ms);
    this.follower.resume();
    this.play();
  }

  /** The sleep timer's end. endMs: of the chapter, Infinity when it was the clock. */
  rest(endMs) {
    this.audio.pause();
    if (endMs < this.timeline.durationMs) this.seek(endMs);
  }

  /** To the start of this entry, or when that was just heard, of the one before. */
  stepBack(entries, entry) {
    const before = entries[Math.max(entry.index - 1, 0)];
    this.seek(this.ms - entry.startMs > Player.JUST_MS ? entry.startMs : before.startMs);
  }

  stepOn(entries, entry) {
    const next = entries[entry.index + 1];
    if (next) this.seek(next.startMs);
  }

  stepChapter(by) {
    const { chapters } = this.timeline;
    if (by < 0) this.stepBack(chapters, this.timeline.chapterAt(this.ms));
    else this.stepOn(chapters, this.timeline.chapterAt(this.ms));
  }

  stepLine(by) {
    const line = this.timeline.lineAt(this.ms);
    if (!line) return;
    if (by < 0) this.stepBack(this.timeline.lines, line);
    else this.stepOn(this.timeline.lines, line);
  }

  /** Goes along with the sound: chapter, line, sentence and word that are heard now. */
  goAlong(marking = true) {
    const { ms } = this;
    const chapter = this.timeline.chapterAt(ms);
    if (chapter !== this.chapter) this.enter(chapter);
    this.controls.showPosition(ms);
    this.loadNear(ms);
    if (marking) this.mark();
  }

  mark() {
    const ms = this.shownMs;
    const line = this.timeline.lineAt(ms);
    if (!line) return;
    const heard = heardWords.heardAt(line, ms);
    const { sentence, word } = heard ?? { sentence: { start: 0, end: line.element.textContent.length }, word: -1 };
    const span = word < 0 ? undefined : [sentence.words[4 * word + 2], sentence.words[4 * word + 3]];
    const range = this.highlighter.show(line, [sentence.start, sentence.end], span);
    if (range) this.follower.follow(range);
  }

  enter(chapter) {
    const first = this.chapter === undefined;
    this.chapter = chapter;
    this.controls.showChapter(chapter);
    this.nameSession();
    if (first) return;
    this.controls.announce(`Chapter ${chapter.number}: ${chapter.title}`);
    Address.show(chapter);
  }

  /** Loads the words of what is heard soon. */
  loadNear(ms) {
    const until = ms + Player.NEAR_MS * this.audio.playbackRate;
    for (let { index } = this.timeline.chapterAt(ms); this.timeline.chapters[index]?.startMs <= until; index += 1) {
      const chapter = this.timeline.chapters[index];
      heardWords.load(chapter).then((loaded) => {
        if (loaded && chapter === this.chapter && this.highlighter.shown) this.mark();
      });
    }
  }

  listenToSound() {
    const { audio, controls } = this;
    const frame = () => {
      this.sleep.reach(this.shownMs);
      if (audio.paused) return;
      if (!audio.seeking) this.mark();
      requestAnimationFrame(frame);
    };
    audio.addEventListener("play", () => {
      controls.warn("");
      controls.showPlaying(true);
      if (location.hash) Address.show(this.chapter); // a time that it names is soon over: the place is remembered
      requestAnimationFrame(frame);
    });
    audio.addEventListener("pause", () => {
      controls.showPlaying(false);
      this.remember();
    });
    audio.addEventListener("timeupdate", () => {
      if (!audio.seeking && this.ms > 0) this.goAlong(!audio.paused);
      this.sleep.reach(this.ms); // a hidden page has no frames
      if (Math.abs(audio.currentTime - this.memorised) > Player.REMEMBERED_EACH_S) this.remember();
    });
    audio.addEventListener("ended", () => {
      this.highlighter.clear();
      this.memory.position = 0;
    });
    const fail = () => {
      controls.showPlaying(false);
      controls.warn("The sound could not be loaded. Is the connection up, and the sound file beside this page?");
    };
    audio.addEventListener("error", fail);
    if (audio.error) fail(); // before this script ran
    for (const kind of ["play", "pause", "seeked", "ratechange", "loadedmetadata"]) {
      audio.addEventListener(kind, () => this.placeSession());
    }
    window.addEventListener("pagehide", () => this.remember());
  }

  remember() {
    this.memorised = this.audio.currentTime;
    if (!this.audio.ended) this.memory.position = this.audio.currentTime;
  }

  listenToReader() {
    const { root, timeline } = this;
    root.querySelector("article").addEventListener("click", (event) => this.click(event));
    root.getElementById("chapters").addEventListener("click", (event) => {
      const link = event.target.closest("a");
      const chapter = timeline.chapters.find((each) => each.link === link);
      if (!chapter) return;
      event.preventDefault();
      link.closest("[popover]").hidePopover?.();
      Address.show(chapter);
      this.hear(chapter.startMs);
    });
    window.addEventListener("hashchange", () => {
      const ms = Address.placeMs(location.hash, timeline);
      if (ms !== undefined) this.seek(ms);
    });
    const near = new IntersectionObserver(
      (entries) => {
        const seen = new Set(entries.filter((each) => each.isIntersecting).map((each) => each.target));
        timeline.chapters.filter((each) => seen.has(each.element)).forEach((each) => heardWords.load(each));
      },
      { rootMargin: "100%" },
    );
    timeline.chapters.forEach((each) => near.observe(each.element));
  }

  /** A click on a word: it is heard from there; beside the words: from the line's beginning. */
  async click({ target, clientX, clientY }) {
    const line = this.timeline.lineOf(target);
    if (!line || !getSelection().isCollapsed) return; // the reader selects text
    const character = characterAt(line.element, clientX, clientY);
    if (character === undefined) {
      this.hear(line.startMs);
      return;
    }
    await heardWords.load(this.timeline.chapterAt(line.startMs));
    this.hear(heardWords.wordStartMs(line, character) ?? line.startMs);
  }

  actionsOfKeys() {
    const step = (by) => this.setSpeed(this.controls.stepSpeed(by));
    return {
      " ": () => this.toggle(),
      ArrowLeft: () => this.skip(-15),
      ArrowRight: () => this.skip(30),
      j: () => this.stepLine(1),
      k: () => this.stepLine(-1),
      n: () => this.stepChapter(1),
      p: () => this.stepChapter(-1),
      "<": () => step(-1),
      ">": () => step(1),
      f: () => this.follower.resume(),
      "?": () => this.controls.showHelp(),
    };
  }

  actionsOfSystem() {
    return {
      play: () => this.play(),
      pause: () => this.audio.pause(),
      stop: () => this.audio.pause(),
      seekbackward: ({ seekOffset }) => this.skip(-(seekOffset || 15)),
      seekforward: ({ seekOffset }) => this.skip(seekOffset || 30),
      seekto: ({ seekTime }) => this.seek(seekTime * 1000),
      previoustrack: () => this.stepChapter(-1),
      nexttrack: () => this.stepChapter(1),
    };
  }

  nameSession() {
    this.session.name({
      title: this.chapter.title,
      artist: this.root.querySelector(".author")?.textContent ?? "",
      album: this.root.title,
      cover: this.root.body.dataset.cover,
    });
  }

  placeSession() {
    this.session.place({
      playing: !this.audio.paused,
      duration: this.timeline.durationMs / 1000,
      position: this.audio.currentTime,
      speed: this.audio.playbackRate,
    });
  }
}

Player.JUST_MS = 3000; // how long after its start "back" still means the one before
Player.NEAR_MS = 60_000;
Player.FRAME_MS = 16;
Player.REMEMBERED_EACH_S = 5;

const player = new Player(document);
