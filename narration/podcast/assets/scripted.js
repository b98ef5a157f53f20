"use strict";

// Runs before anything is shown: the style sheet puts the player in the place of the browser's own.
document.documentElement.classList.add("scripted");
