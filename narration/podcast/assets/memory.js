"use strict";

/** What the browser remembers for the reader; nothing, where it is not allowed to. */
class Memory {
  constructor(episode) {
    this.place = `narration:position:${episode}`;
  }

  /** Where the reader was in this episode, in seconds; 0 when nothing is known. */
  get position() {
    const seconds = Number(Memory.read(this.place));
    return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
  }

  set position(seconds) {
    Memory.write(this.place, seconds > 0 ? seconds.toFixed(2) : null);
  }

  /** A setting that holds for every episode, as text; null when it was never set. */
  static setting(name) {
    return Memory.read(`narration:${name}`);
  }

  static set(name, value) {
    Memory.write(`narration:${name}`, String(value));
  }

  static read(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is denied: private windows, blocked cookies, some file: pages
    }
  }

  static write(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // denied or full: the page works, and forgets
    }
  }
}
