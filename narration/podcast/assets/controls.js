"use strict";

/** A time as players show it: 7:05, 1:07:05. */
function clock(seconds) {
  const whole = Math.max(Math.floor(seconds), 0);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [first, ...rest] = parts[0] ? parts : parts.slice(1);
  return [first, ...rest.map((part) => String(part).padStart(2, "0"))].join(":");
}

/** A time as a screen reader says it: 1 hour 7 minutes 5 seconds. */
function spokenClock(seconds) {
  const whole = Math.max(Math.floor(seconds), 0);
  const parts = [[Math.floor(whole / 3600), "hour"], [Math.floor(whole / 60) % 60, "minute"], [whole % 60, "second"]];
  const said = parts.filter(([count, unit]) => count || (unit === "second" && whole === 0));
  return said.map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`).join(" ");
}

/** The bar with the buttons: tells the player what the reader wants, and shows how things are. */
class Controls {
  constructor(root, player) {
    this.root = root;
    const at = (id) => root.getElementById(id);
    Object.assign(this, {
      play: at("play"),
      position: at("position"),
      elapsed: at("elapsed"),
      left: at("left"),
      speed: at("speed"),
      chapter: at("chapter"),
      status: at("status"),
      trouble: at("trouble"),
      shortcuts: at("shortcuts"),
      help: at("help"),
    });
    this.text = root.querySelector("article");
    this.durationS = player.timeline.durationMs / 1000;
    this.drawChapters(player.timeline.chapters);
    this.play.addEventListener("click", () => player.toggle());
    at("back").addEventListener("click", () => player.skip(-15));
    at("forward").addEventListener("click", () => player.skip(30));
    this.speed.addEventListener("change", () => player.setSpeed(Number(this.speed.value)));
    this.position.addEventListener("input", () => this.drag());
    this.position.addEventListener("change", () => {
      this.dragging = false;
      player.seek(Number(this.position.value) * 1000);
    });
    at("chapters").addEventListener("toggle", ({ newState }) => {
      if (newState === "open") this.showInList(this.current);
    });
    at("help-button").addEventListener("click", () => this.showHelp());
    this.remember();
    this.listenToSizes(at("smaller"), at("larger"));
  }

  /** Puts settings as they were last, for this episode or another. */
  remember() {
    this.shortcuts.checked = Memory.setting("shortcuts") !== "off";
    this.shortcuts.addEventListener("change", () => Memory.set("shortcuts", this.shortcuts.checked ? "on" : "off"));
    const speed = [...this.speed.options].find(({ value }) => value === Memory.setting("speed"));
    if (speed) speed.selected = true;
  }

  listenToSizes(smaller, larger) {
    const sizes = Controls.SIZES;
    const set = (index) => {
      const before = this.size;
      this.size = Math.min(Math.max(index, 0), sizes.length - 1);
      if (this.size !== before) this.text.style.setProperty("--size", `${sizes[this.size]}rem`);
      smaller.setAttribute("aria-disabled", String(this.size === 0));
      larger.setAttribute("aria-disabled", String(this.size === sizes.length - 1));
    };
    const step = (by) => {
      set(this.size + by);
      Memory.set("size", sizes[this.size]);
      this.announce(`Text size ${Math.round((100 * sizes[this.size]) / sizes[Controls.USUAL_SIZE])} percent`);
    };
    this.size = Controls.USUAL_SIZE; // as the style sheet has it
    const known = sizes.indexOf(Number(Memory.setting("size")));
    set(known < 0 ? this.size : known);
    smaller.addEventListener("click", () => step(-1));
    larger.addEventListener("click", () => step(1));
  }

  /** Marks on the scale where chapters start, if they are so few that there is something to see between them. */
  drawChapters(chapters) {
    if (chapters.length > Controls.MOST_MARKS) return;
    for (const { startMs } of chapters.slice(1)) {
      const mark = this.root.createElement("span");
      mark.className = "chapter-start";
      mark.style.left = `${startMs / 10 / this.durationS}%`;
      this.position.before(mark);
    }
  }

  drag() {
    this.dragging = true;
    this.showTimes(Number(this.position.value));
  }

  /** Shows whether it plays. */
  showPlaying(playing) {
    this.play.setAttribute("aria-label", playing ? "Pause" : "Play");
    this.play.title = playing ? "Pause" : "Play";
    this.root.documentElement.classList.toggle("playing", playing);
  }

  /** Shows where the sound is, in milliseconds, unless the reader is just moving it. */
  showPosition(ms) {
    if (this.dragging) return;
    this.position.value = ms / 1000;
    this.showTimes(ms / 1000);
  }

  showTimes(seconds) {
    this.elapsed.textContent = clock(seconds);
    this.left.textContent = `−${clock(this.durationS - seconds)}`;
    this.position.parentElement.style.setProperty("--played", `${(100 * this.position.value) / this.position.max}%`);
    const said = `${spokenClock(seconds)} of ${spokenClock(this.durationS)}`;
    if (said !== this.position.getAttribute("aria-valuetext")) this.position.setAttribute("aria-valuetext", said);
  }

  showChapter(chapter) {
    this.chapter.textContent = chapter.title;
    this.current?.removeAttribute("aria-current");
    this.current = chapter.link;
    this.current.setAttribute("aria-current", "true");
    requestAnimationFrame(() => this.showInList(chapter.link));
  }

  /** Scrolls the list of chapters, where it can be seen, to this one. */
  showInList(link) {
    const list = link.closest(".chapters");
    const { top, bottom } = link.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (top < frame.top || bottom > frame.bottom) list.scrollTop += top - frame.top - frame.height / 3;
  }

  /** The next slower or faster speed, by how many steps. */
  stepSpeed(by) {
    const index = Math.min(Math.max(this.speed.selectedIndex + by, 0), this.speed.options.length - 1);
    this.speed.selectedIndex = index;
    this.announce(`Speed ${this.speed.options[index].text}`);
    return Number(this.speed.value);
  }

  showHelp() {
    if (!this.help.open) this.help.showModal();
  }

  /** Says something to those who do not see it. */
  announce(text) {
    this.status.textContent = text;
  }

  /** Says to everyone what went wrong; "" once it is over. */
  warn(text) {
    this.trouble.hidden = !text;
    this.trouble.textContent = text;
  }
}

Controls.SIZES = [0.9, 1, 1.125, 1.25, 1.4, 1.6, 1.85, 2.2]; // rem
Controls.MOST_MARKS = 50;
Controls.USUAL_SIZE = 3; // the index of --size in player.css
