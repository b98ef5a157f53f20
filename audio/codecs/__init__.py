"""One file per codec: sound becomes packets that can be spliced, and back."""
