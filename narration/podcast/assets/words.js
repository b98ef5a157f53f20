"use strict";

/**
 * When each word is heard. The words of a chapter come in a script of its own, loaded when the chapter is near: it
 * calls `words(CHAPTER, LINES)` with numbers alone, as narration/podcast/spoken_text.py writes them.
 *
 * Of each sentence: fromMs, toMs, and the characters of its line, start and end; of each word of it the same four, one
 * behind the other in `words`.
 */
class HeardWords {
  constructor() {
    this.sentences = new Map(); // by the number of the line
    this.loading = new Map(); // by chapter
  }

  /** Loads the words of a chapter, once; resolves to whether they are here. */
  load(chapter) {
    if (!this.loading.has(chapter.number)) {
      this.loading.set(chapter.number, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = chapter.words;
        script.addEventListener("load", () => resolve(true));
        script.addEventListener("error", () => {
          this.loading.delete(chapter.number); // the network may be back by the next time
          resolve(false);
        });
        document.head.append(script);
      }));
    }
    return this.loading.get(chapter.number);
  }

  /** Takes in what a chapter's script has. */
  add(lines) {
    for (const [number, ...sentences] of lines) {
      this.sentences.set(number, sentences.map(HeardWords.unpacked));
    }
  }

  static unpacked([fromMs, toMs, start, end, ...changes]) {
    const words = new Int32Array(changes.length);
    let heard = fromMs;
    let written = start;
    for (let i = 0; i < changes.length; i += 4) {
      words[i] = heard + changes[i];
      words[i + 1] = heard = words[i] + changes[i + 1];
      words[i + 2] = written + changes[i + 2];
      words[i + 3] = written = words[i + 2] + changes[i + 3];
    }
    return { fromMs, toMs, start, end, words };
  }

  /**
   * What is heard of a line at this time: its sentence, and the index of the word in it, -1 in a silence.
   * Undefined while the words are not here.
   */
  heardAt(line, ms) {
    const sentences = this.sentences.get(line.number);
    if (!sentences || !sentences.length) return undefined;
    const sentence = sentences[Math.max(countUpTo(sentences.length, (i) => sentences[i].fromMs, ms) - 1, 0)];
    const { words } = sentence;
    const last = countUpTo(words.length / 4, (i) => words[4 * i], ms) - 1;
    const silent = last < 0 || ms > words[4 * last + 1] + HeardWords.LINGERING_MS;
    return { sentence, word: silent ? -1 : last };
  }

  /** When the word is heard that has this character of the line, or the next one behind it; undefined if unknown. */
  wordStartMs(line, character) {
    for (const { end, words } of this.sentences.get(line.number) ?? []) {
      if (character >= end) continue;
      for (let i = 0; i < words.length; i += 4) {
        if (character < words[i + 3]) return words[i];
      }
    }
    return undefined;
  }
}

HeardWords.LINGERING_MS = 250; // a word stays lit through the short silence behind it, so that nothing flickers

const heardWords = new HeardWords();

/** Called by each words/CHAPTER.js. */
function words(chapter, lines) {
  heardWords.add(lines);
}
