"use strict";

/** The number of entries, of `count` in rising order, that `at(index)` places at or before `ms`. */
function countUpTo(count, at, ms) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is heard when: lines of text and chapters, in milliseconds of the episode, read off the page's own elements. */
class Timeline {
  constructor(root) {
    this.durationMs = Number(root.body.dataset.duration);
    const links = root.querySelectorAll("#chapters a"); // one for each chapter, in their order
    this.chapters = [...root.querySelectorAll("section.chapter")].map((element, index) => ({
      index,
      element,
      number: Number(element.id.slice(2)),
      startMs: Number(element.dataset.start),
      endMs: Number(element.dataset.end),
      words: element.dataset.words,
      link: links[index],
      get title() {
        return this.link.querySelector(".name").textContent;
      },
    }));
    this.lines = [...root.querySelectorAll("[id^='p'][data-start]")].map((element, index) => ({
      index,
      element,
      number: Number(element.id.slice(1)),
      startMs: Number(element.dataset.start),
    }));
    this.byNumber = new Map(this.lines.map((line) => [line.number, line]));
  }

  /** The chapter heard at this time. */
  chapterAt(ms) {
    return this.chapters[Math.max(countUpTo(this.chapters.length, (i) => this.chapters[i].startMs, ms) - 1, 0)];
  }

  /** The line heard at this time or last before it; the first one before all; undefined where there is no text. */
  lineAt(ms) {
    return this.lines[Math.max(countUpTo(this.lines.length, (i) => this.lines[i].startMs, ms) - 1, 0)];
  }

  /** The line that an element of the page belongs to, undefined for none. */
  lineOf(element) {
    const found = element.closest("[id^='p'][data-start]");
    return found ? this.byNumber.get(Number(found.id.slice(1))) : undefined;
  }
}
