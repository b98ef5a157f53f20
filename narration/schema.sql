-- The project file, version 4. PRAGMA application_id says whose it is, PRAGMA user_version which version;
-- what is changed here needs a step in migrations.py too.

-- what the last `make` was asked for and what it read, but for the segments: one row, JSON
CREATE TABLE episode (id INTEGER PRIMARY KEY CHECK (id = 1), made TEXT NOT NULL) STRICT;

-- the segments it read, in order: JSON, each with its Sound
CREATE TABLE segments (number INTEGER PRIMARY KEY, segment TEXT NOT NULL) STRICT;

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

-- music that was taken in, by the SHA-256 of its file and the channels that were asked for
CREATE TABLE music (
    digest TEXT NOT NULL,
    channels INTEGER NOT NULL,
    sample_rate_hz INTEGER NOT NULL,
    n_samples INTEGER NOT NULL,
    loudness_lufs REAL NOT NULL,
    piece_bytes TEXT NOT NULL,
    crc INTEGER NOT NULL,
    flac BLOB NOT NULL,
    PRIMARY KEY (digest, channels)
) STRICT;

-- packets of music, alone or under speech, by a hash of all that decides them
CREATE TABLE mixes (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    mastering TEXT NOT NULL,
    n_packets INTEGER NOT NULL,
    n_bytes INTEGER NOT NULL,
    true_peak_dbtp REAL NOT NULL,
    energies BLOB NOT NULL,
    crc INTEGER NOT NULL,
    sizes BLOB NOT NULL,
    payload BLOB NOT NULL
) STRICT;
