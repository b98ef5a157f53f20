"use strict";

/** Keeps what is heard in sight, until the reader scrolls; its button leads back. */
class Follower {
  constructor(button, player) {
    this.button = button;
    this.player = player; // the bar that covers the foot of the window
    this.following = true;
    this.range = undefined;
    this.movedAt = -Infinity;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    for (const kind of ["wheel", "touchmove"]) {
      window.addEventListener(kind, (event) => this.leave(event), { passive: true });
    }
    window.addEventListener("keydown", (event) => {
      if (Follower.SCROLLING_KEYS.has(event.key)) this.leave(event);
    });
    window.addEventListener("scroll", () => this.notice(), { passive: true });
    button.addEventListener("click", () => this.resume());
  }

  /** What is heard now; brings it into sight. */
  follow(range) {
    this.range = range;
    if (this.following) this.bring(Follower.BORDERS);
  }

  /** Follows again, from wherever the reader is. */
  resume() {
    this.set(true);
    this.bring({ top: Follower.PLACE, bottom: Follower.PLACE });
  }

  /** The reader scrolls the text itself, not a list or dialog above it. */
  leave(event) {
    const elsewhere = event.target instanceof Element && event.target.closest("[popover], dialog, select, .chapters, .player");
    if (this.range && !elsewhere) this.set(false);
  }

  /** A scroll that was none of ours and took what is heard out of sight: by the scroll bar, or a search in the page. */
  notice() {
    if (!this.following || !this.range || performance.now() - this.movedAt < Follower.MOVING_MS) return;
    const { top, bottom } = this.range.getBoundingClientRect();
    if (bottom < 0 || top > window.innerHeight) this.set(false);
  }

  set(following) {
    this.following = following;
    this.button.hidden = following;
  }

  bring({ top, bottom }) {
    if (!this.range) return;
    const element = this.range.startContainer.parentElement;
    let rect = this.range.getBoundingClientRect();
    const far = rect.height === 0 || Math.abs(rect.top) > 3 * window.innerHeight;
    if (far) {
      this.movedAt = performance.now();
      element.scrollIntoView({ block: "center", behavior: "instant" }); // lays out what was skipped until now
      rect = this.range.getBoundingClientRect();
    }
    const height = window.innerHeight - this.player.offsetHeight;
    if (rect.top >= top * height && rect.bottom <= bottom * height) return;
    this.movedAt = performance.now();
    const behavior = far || this.still.matches ? "instant" : "smooth";
    window.scrollBy({ top: rect.top - Follower.PLACE * height, behavior });
  }
}

Follower.SCROLLING_KEYS = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"]);
Follower.BORDERS = { top: 0.08, bottom: 0.8 }; // of the height that the bar leaves: outside, the text moves
Follower.PLACE = 0.3; // where it moves to
Follower.MOVING_MS = 1000; // the longest that a smooth scroll takes
