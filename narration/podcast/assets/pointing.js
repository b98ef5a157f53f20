"use strict";

/** The character of an element's text at this point of the window, undefined when there is none. */
function characterAt(element, x, y) {
  const place = document.caretPositionFromPoint?.(x, y) ?? caretRange(x, y);
  const text = element.firstChild;
  if (place?.offsetNode !== text) return undefined;
  const range = document.createRange();
  for (const character of [place.offset - 1, place.offset]) { // a caret stands between two
    if (character < 0 || character >= text.length) continue;
    range.setStart(text, character);
    range.setEnd(text, character + 1);
    const over = ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom;
    if ([...range.getClientRects()].some(over)) return character;
  }
  return undefined;
}

function caretRange(x, y) {
  const range = document.caretRangeFromPoint?.(x, y);
  return range && { offsetNode: range.startContainer, offset: range.startOffset };
}
