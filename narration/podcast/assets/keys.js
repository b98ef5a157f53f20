"use strict";

/** Does what the keys say, unless a field, button or dialog wants them for itself, or the reader turned them off. */
class Keys {
  constructor(actions, isOn) {
    this.actions = actions;
    this.isOn = isOn;
    document.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    if (!this.isOn() || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (Keys.wanted(event)) return;
    const act = this.actions[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Whether the element that has the focus does something of its own with this key. */
  static wanted({ target, key }) {
    if (!(target instanceof Element)) return false;
    if (document.querySelector("dialog[open]")) return true;
    if (target.closest("select, textarea, [contenteditable], input:not([type='range'], [type='checkbox'])")) return true;
    if (key === " ") return Boolean(target.closest("button, a, summary, input"));
    return key.startsWith("Arrow") && Boolean(target.closest("input[type='range']"));
  }
}
