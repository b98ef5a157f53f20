-- The project file, version 1. PRAGMA application_id says whose it is, PRAGMA user_version which version.

-- what the last `make` was asked for and what it read: one row, JSON
CREATE TABLE episode (id INTEGER PRIMARY KEY CHECK (id = 1), made TEXT NOT NULL) STRICT;

-- every recording ever made of a paragraph; `paragraph` is the hash of its written text, `key` that of its Sound
CREATE TABLE takes (
    id INTEGER PRIMARY KEY,
    paragraph TEXT NOT NULL,
    key TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('engine', 'person')),
    sound TEXT NOT NULL,
    sample_rate_hz INTEGER NOT NULL,
    n_samples INTEGER NOT NULL,
    loudness_lufs REAL NOT NULL,
    sentences TEXT NOT NULL,
    piece_bytes TEXT NOT NULL,
    crc INTEGER NOT NULL,
    flac BLOB NOT NULL
) STRICT;
CREATE INDEX takes_by_key ON takes (key);

-- a take's packets, for each way of mastering and encoding that was asked for
CREATE TABLE encoded (
    id INTEGER PRIMARY KEY,
    take INTEGER NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
    mastering TEXT NOT NULL,
    n_packets INTEGER NOT NULL,
    n_bytes INTEGER NOT NULL,
    anchors TEXT NOT NULL,
    true_peak_dbtp REAL NOT NULL,
    energies BLOB NOT NULL,
    crc INTEGER NOT NULL,
    sizes BLOB NOT NULL,
    payload BLOB NOT NULL,
    UNIQUE (take, mastering)
) STRICT;

-- what a person chose; `occurrence` counts equal paragraphs from 1
CREATE TABLE choices (
    paragraph TEXT NOT NULL,
    occurrence INTEGER NOT NULL,
    take INTEGER NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
    how TEXT NOT NULL CHECK (how IN ('redo', 'pick', 'say', 'voice', 'from')),
    text TEXT NOT NULL,
    PRIMARY KEY (paragraph, occurrence)
) STRICT;

-- voices, measured once
CREATE TABLE calibrations (key TEXT PRIMARY KEY, measured TEXT NOT NULL) STRICT;

-- the files written from this project; paths are relative to its folder where they can be
CREATE TABLE outputs (
    path TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL
) STRICT;

PRAGMA application_id = 1312903762;
PRAGMA user_version = 1;

INSERT INTO episode VALUES (1, '{"source": "/home/keeper/article.md", "digest": "ba2a509f5bce7fbe4c6ad998788f1f397200e788c99419f91b8d83009cf0cfa5", "asked": "3480aeb85719a93a0f36ae1a99ca32b1f8b9c8d8ae756b2817d3d966900cab90", "inputs": ["/home/keeper/narration.toml", "/home/keeper/.config/narration/lexicon.tsv"], "output": "/home/keeper/article.flac", "settings": {"voice": "", "engine": "tone", "speed": 1.0, "volume": 1.0, "chapters": "auto", "pauses": {"break": 1.0}, "policies": {}, "profile": "podcast", "loudness_lufs": -20.0, "title": "", "author": "", "language": "", "cover": "", "jobs": 0, "lexicon": []}, "script": {"title": "Article", "author": "", "date": "", "language": "en", "description": "", "chapters": [{"number": 1, "title": "One of 2.", "first": 1, "last": 2}, {"number": 2, "title": "Last.", "first": 3, "last": 3}], "segments": [{"number": 1, "kind": "paragraph", "level": 0, "chapter": 1, "text": "One of 2.", "utterances": [["wun of two.", [[0, 3, 0, 3, "w\u028cn"], [3, 7, 3, 7], [7, 10, 7, 8], [10, 11, 8, 9]]]], "voice": "", "speed": null, "pause_after_s": 0.7, "language": "", "overrides": [[0, 3, "", "w\u028cn", "", false, false]], "lexicon": []}, {"number": 2, "kind": "break", "level": 0, "chapter": 1, "text": "", "utterances": [], "voice": "", "speed": null, "pause_after_s": 1.0, "language": "", "overrides": [], "lexicon": []}, {"number": 3, "kind": "paragraph", "level": 0, "chapter": 2, "text": "Last.", "utterances": [["Last.", [[0, 5, 0, 5]]]], "voice": "", "speed": null, "pause_after_s": 0.7, "language": "", "overrides": [], "lexicon": []}], "notes": ["\u201cOne\u201d is spelt \u201cwun\u201d: the voices here do not take the phonetic alphabet."], "policies": []}, "sounds": [{"utterances": ["wun of two."], "engine": "tone", "engine_version": "tone 1", "voice": "low", "fingerprint": "", "speed": 1.0, "volume": 1.0, "sentence_pause_s": 0.35, "variation": 1, "recording_format": 1}, null, {"utterances": ["Last."], "engine": "tone", "engine_version": "tone 1", "voice": "low", "fingerprint": "", "speed": 1.0, "volume": 1.0, "sentence_pause_s": 0.35, "variation": 1, "recording_format": 1}]}');
INSERT INTO takes VALUES (1, 'ed6c5f13139d434b2dad02c601fe69b8', '4fff1a2bd54ee5d6d17ba526a4cba5a03ae499342c18515d5430e0dfc4f6a07e', 'engine',
'{"utterances": ["Last."], "engine": "tone", "engine_version": "tone 1", "voice": "low", "fingerprint": "", "speed": 1.0, "volume": 1.0, "sentence_pause_s": 0.35, "variation": 1, "recording_format": 1}',
22050, 6820, -18.75, '[[0, 6820, [[0, 5, 0, 6615]]]]', '[4]', 3585755563, X'664c6143');
INSERT INTO takes VALUES (2, 'ed6c5f13139d434b2dad02c601fe69b8', 'd0ed6c4e2729e6545657f6c93f5545d03c8c633037e98b04be9528e09598198e', 'engine',
'{"utterances": ["Last."], "engine": "tone", "engine_version": "tone 1", "voice": "low", "fingerprint": "", "speed": 1.0, "volume": 1.0, "sentence_pause_s": 0.35, "variation": 2, "recording_format": 1}',
22050, 6820, -18.75, '[[0, 6820, [[0, 5, 0, 6615]]]]', '[4]', 3585755563, X'664c6143');
INSERT INTO encoded VALUES (1, 1, 'flac -20', 2, 5, '[[0, 2304]]', -11.0, X'3e4e253c', 3756862898, X'0300000002000000', X'6162636465');
INSERT INTO encoded VALUES (2, 2, 'flac -20', 2, 5, '[[0, 2304]]', -11.0, X'3e4e253c', 3756862898, X'0300000002000000', X'6162636465');
INSERT INTO choices VALUES ('ed6c5f13139d434b2dad02c601fe69b8', 1, 2, 'redo', 'Last.');
INSERT INTO outputs VALUES ('article.flac', '.flac 0.1.0 7a3f', 14304, 1795645548610785825);
