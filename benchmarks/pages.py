"""How well articles are found on web pages: `python benchmarks/pages.py FOLDER [-v]`.

FOLDER holds `extraction/readability/NAME/` (`source.html`, `expected.html`, `expected-metadata.json`) and
`extraction/zyte/articles.jsonl` (rows of `file`, a `.html.gz` beside it, and `articleBody`). Of the first the words are
compared as a bag, of the second runs of four words. Metadata counts where the data gives it: a title without case,
punctuation and the site's name at its end, a byline by its words whatever their order, a date by its day, a language by
its code. -v lists what differs.
"""

import gzip
import html
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import script

# What of an expected title is the site's name, and of an expected byline no name.
SITE = re.compile(r"\s*(?:\s[-–—·|]\s|[|·»_]|\[)[^|·»]{1,60}$")
LEAD = re.compile(r"(?i)^\s*(?:by|von|par|por)\s+")
SIZES = {"readability": 1, "zyte": 4}


def comparable(text):
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded))


def runs(text, size):
    words = comparable(text).split()
    return Counter(zip(*(words[offset:] for offset in range(size)), strict=False)) if words else Counter()


def visible(markup):
    bare = re.sub(r"(?is)<(script|style)\b.*?</\1>|<!--.*?-->", " ", markup)
    return html.unescape(re.sub(r"<[^>]+>", " ", bare))


def read(content):
    try:
        return script.read(content, format="html")
    except script.ArticleError:
        return None


def f1(pages, size):
    """Precision, recall and their mean over pages of (found, expected) text."""
    precisions, recalls = [], []
    for found, expected in pages:
        ours, theirs = runs(found, size), runs(expected, size)
        both = sum((ours & theirs).values())
        precisions.append(both / sum(ours.values()) if ours else float(not theirs))
        recalls.append(both / sum(theirs.values()) if theirs else 1.0)
    precision, recall = (sum(values) / len(values) for values in (precisions, recalls))
    return precision, recall, 2 * precision * recall / (precision + recall)


def is_right(name, found, expected):
    if name == "language":
        return found.lower().partition("-")[0] == expected.lower().replace("_", "-").partition("-")[0]
    if name == "date":
        return found[:10] == expected[:10]
    if name == "title":
        return comparable(found) in {comparable(expected), comparable(SITE.sub("", expected))}
    wanted, names = (set(comparable(LEAD.sub("", text)).split()) - {"and"} for text in (expected, found))
    return bool(names) and (names <= wanted or wanted <= names)


def main(folder, *options):
    extraction = Path(folder) / "extraction"
    pages = {"readability": [], "zyte": []}
    given, right = Counter(), Counter()
    for place in sorted((extraction / "readability").iterdir()):
        article = read((place / "source.html").read_bytes())
        expected = visible((place / "expected.html").read_text("utf-8"))
        pages["readability"].append((article.text() if article else "", expected))
        about = json.loads((place / "expected-metadata.json").read_text("utf-8"))
        for name, key in {"title": "title", "author": "byline", "date": "publishedTime", "language": "lang"}.items():
            if about.get(key):
                found = getattr(article, name) if article else ""
                fits = is_right(name, found, about[key])
                given[name] += 1
                right[name] += fits
                if not fits and "-v" in options:
                    print(f"{place.name}: {name} {found!r}, expected {about[key]!r}")
    for row in map(json.loads, (extraction / "zyte" / "articles.jsonl").read_text("utf-8").splitlines()):
        article = read(gzip.decompress((extraction / "zyte" / row["file"]).read_bytes()))
        pages["zyte"].append((article.text() if article else "", row["articleBody"] or ""))
    for name, compared in pages.items():
        precision, recall, mean = f1(compared, SIZES[name])
        print(f"{name:<12}{len(compared):>5} pages  precision {precision:.3f}  recall {recall:.3f}  F1 {mean:.3f}")
    for name, count in given.items():
        print(f"{name:<12}{count:>5} given  right {right[name] / count:.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
