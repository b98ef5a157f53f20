"use strict";

/** The place that an address names: `#ch3` a chapter, `#p12` a paragraph, `#t=92` or `#t=1:32` a time. */
class Address {
  /** Milliseconds of the episode, undefined when it names no place. */
  static placeMs(hash, timeline) {
    const [, kind, number] = /^#(ch|p)(\d+)$/.exec(hash) ?? [];
    if (kind === "ch") return timeline.chapters.find((chapter) => chapter.number === Number(number))?.startMs;
    if (kind === "p") return timeline.byNumber.get(Number(number))?.startMs;
    const [, hours = 0, minutes = 0, seconds] = /^#t=(?:npt:)?(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)/.exec(hash) ?? [];
    if (seconds === undefined) return undefined;
    return Math.min((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000, timeline.durationMs);
  }

  /** Names the chapter in the address, without a new step in the history. */
  static show(chapter) {
    try {
      history.replaceState(history.state, "", `#ch${chapter.number}`);
    } catch {
      // some browsers forbid it to file: pages, and limit how often it may be done
    }
  }
}
