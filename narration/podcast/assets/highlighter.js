"use strict";

/**
 * Marks the sentence and the word that are heard, without touching the text: by the CSS Custom Highlight API, or by
 * boxes laid behind the text where a browser has none.
 */
class Highlighter {
  constructor() {
    this.marks = typeof Highlight === "function" && CSS.highlights ? new PaintedMarks() : new BoxedMarks();
    this.shown = "";
  }

  /** Marks characters of a line: [start, end] of the sentence and of the word, undefined for none. */
  show(line, sentence, word) {
    const now = `${line.number} ${sentence} ${word}`;
    if (now === this.shown) return undefined;
    this.shown = now;
    const ranges = [sentence, word].map((span) => span && Highlighter.range(line, span));
    this.marks.mark(...ranges);
    return ranges[1] ?? ranges[0];
  }

  clear() {
    this.shown = "";
    this.marks.mark(undefined, undefined);
  }

  /** The characters of a line as a range of the document. */
  static range(line, [start, end]) {
    const text = line.element.firstChild;
    const range = document.createRange();
    range.setStart(text, Math.min(start, text.length));
    range.setEnd(text, Math.min(end, text.length));
    return range;
  }
}

class PaintedMarks {
  constructor() {
    this.sentence = new Highlight();
    this.word = new Highlight();
    this.word.priority = 1;
    CSS.highlights.set("sentence", this.sentence);
    CSS.highlights.set("word", this.word);
  }

  mark(sentence, word) {
    this.sentence.clear();
    this.word.clear();
    if (sentence) this.sentence.add(sentence);
    if (word) this.word.add(word);
  }
}

class BoxedMarks {
  constructor() {
    this.layer = document.createElement("div");
    this.layer.className = "marks";
    this.layer.setAttribute("aria-hidden", "true");
    document.body.prepend(this.layer);
    new ResizeObserver(() => this.mark(this.sentence, this.word)).observe(document.body);
  }

  mark(sentence, word) {
    this.sentence = sentence;
    this.word = word;
    this.layer.replaceChildren(...this.boxes(sentence, "sentence"), ...this.boxes(word, "word"));
  }

  boxes(range, name) {
    const origin = this.layer.getBoundingClientRect();
    return [...(range?.getClientRects() ?? [])].map((rect) => {
      const box = document.createElement("div");
      box.className = name;
      box.style.left = `${rect.left - origin.left}px`;
      box.style.top = `${rect.top - origin.top}px`;
      box.style.width = `${rect.width}px`;
      box.style.height = `${rect.height}px`;
      return box;
    });
  }
}
