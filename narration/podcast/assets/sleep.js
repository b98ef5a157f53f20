"use strict";

/** Stops the sound after some minutes, or where the chapter ends. */
class SleepTimer {
  constructor(select, { chapterEndMs, stop, announce }) {
    this.select = select;
    this.chapterEndMs = chapterEndMs;
    this.stop = stop;
    this.announce = announce;
    select.addEventListener("change", () => this.set());
    this.set();
  }

  set() {
    const { value } = this.select;
    this.endMs = value === "chapter" ? this.chapterEndMs() : Infinity;
    clearTimeout(this.timeout);
    if (Number(value)) this.timeout = setTimeout(() => this.fire(), Number(value) * 60_000);
    if (value !== this.select.dataset.announced) {
      if (value || this.select.dataset.announced) {
        this.announce(value ? `Sleep timer: ${this.select.selectedOptions[0].text}` : "Sleep timer off");
      }
      this.select.dataset.announced = value;
    }
  }

  /** The reader went elsewhere: another chapter is to be the last. */
  moved() {
    if (this.select.value === "chapter") this.endMs = this.chapterEndMs();
  }

  /** The sound has come to this time. */
  reach(ms) {
    if (ms >= this.endMs) this.fire();
  }

  fire() {
    this.stop(this.endMs);
    this.select.value = "";
    clearTimeout(this.timeout);
    this.endMs = Infinity;
    this.select.dataset.announced = "";
    this.announce("Sleep timer: stopped");
  }
}
