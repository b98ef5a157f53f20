"use strict";

/** Shows the episode where the system shows what plays, and takes the keys that the system has for it. */
class Session {
  constructor(actions) {
    this.session = navigator.mediaSession;
    if (!this.session) return;
    for (const [name, act] of Object.entries(actions)) {
      try {
        this.session.setActionHandler(name, act);
      } catch {
        // a browser that does not know this action has no key for it either
      }
    }
  }

  /** The chapter that is heard. */
  name({ title, artist, album, cover }) {
    if (!this.session || typeof MediaMetadata !== "function") return;
    const shown = cover && location.protocol.startsWith("http"); // the system takes no picture from the disk
    const artwork = shown ? [{ src: new URL(cover, location.href).href, type: "image/jpeg" }] : [];
    this.session.metadata = new MediaMetadata({ title, artist, album, artwork });
  }

  /** Where the sound is. */
  place({ playing, duration, position, speed }) {
    if (!this.session) return;
    this.session.playbackState = playing ? "playing" : "paused";
    if (!this.session.setPositionState || !(duration > 0)) return;
    this.session.setPositionState({ duration, position: Math.min(position, duration), playbackRate: speed });
  }
}
