"""How faithfully text is said: `python benchmarks/fidelity.py FOLDER [LANGUAGE ...]`.

FOLDER holds `normalisation/LANGUAGE.jsonl`, rows of `input`, `refs` (accepted spoken forms) and `class`. `exact` is
without case and punctuation; `relaxed` also without and, the, of, a, spaces and apostrophes, "oh" as zero. Where rows
stand the other way round, words as the input and figures as the reference, a second table has those turned.
"""

import json
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import script

PROSE = {
    "en": (
        "In 1990 it cost $3.50; by 2024 it was £1,234.05, or €2.5 million for 10–12 of them.",
        "The ship, which had left the harbour before dawn, was seen by nobody until the evening.",
        "Dr. Smith of 12 Elm St. met Mr. Jones on 5 May 2020 at 10:45 a.m., e.g. at No. 10.",
        "She looked at the sea for a long time and said that it had never been so quiet.",
        "World War II ended in 1945, and the 22nd survey found that 12.5% of the 1,500 km were lost.",
    ),
    "de": (
        "Im Jahr 1990 kostete es 3,50 €; bis 2024 waren es 1.234,05 €.",
        "Das Schiff, das den Hafen vor der Morgendämmerung verlassen hatte, sah bis zum Abend niemand.",
        "Dr. Weiß traf Herrn Jung am 5. Mai 2020 um 10:45 Uhr.",
        "Sie sah lange auf das Meer und sagte, so still sei es noch nie gewesen.",
        "Der 2. Weltkrieg endete 1945, und 12,5 % der 1.500 km waren verloren.",
    ),
    "ru": (
        "В 1990 году это стоило 3,50 ₽, а к 2024 году — 2,5 млн руб.",
        "Корабль, вышедший из гавани до рассвета, до самого вечера никто не видел.",
        "Д-р Орлов приехал 5 мая 2020 года в 10:45.",
        "Она долго смотрела на море и сказала, что никогда ещё не было так тихо.",
        "Война закончилась в 1945 г., и 12,5 % из 1500 км были потеряны.",
    ),
    "zh": (
        "1990年它卖3.50元，到2024年已经是€250万。",
        "黎明前离开港口的那艘船，直到傍晚都没有人看见。",
        "王先生2020年5月5日10:45来到北京。",
        "她看了很久的大海，说从来没有这么安静过。",
        "战争于1945年结束，1500公里中的12.5%已经失去。",
    ),
    "ja": (
        "1990年には¥350でしたが、2024年には€250万になりました。",
        "夜明け前に港を出た船は、夕方まで誰にも見られなかった。",
        "田中さんは2020年5月5日10:45に来ました。",
        "彼女は長い間海を見て、こんなに静かだったことはないと言った。",
        "戦争は1945年に終わり、1500kmの12.5%が失われた。",
    ),
    "ko": (
        "1990년에는 ₩3,500이었지만 2024년에는 250만 원이 되었다.",
        "새벽 전에 항구를 떠난 배는 저녁까지 아무도 보지 못했다.",
        "김 박사는 2020년 5월 5일 오전 10:45에 왔다.",
        "그녀는 오랫동안 바다를 보며 이렇게 조용한 적이 없었다고 말했다.",
        "전쟁은 1945년에 끝났고 1500km의 12.5%가 사라졌다.",
    ),
    "hi": (
        "1990 में इसका दाम ₹3.50 था; 2024 तक यह ₹25 लाख हो गया।",
        "भोर से पहले बंदरगाह छोड़ने वाला जहाज़ शाम तक किसी ने नहीं देखा।",
        "डॉ. वर्मा 5 मई 2020 को 10:45 पर आए।",
        "वह देर तक समुद्र को देखती रही और बोली कि इतना शांत कभी नहीं था।",
        "युद्ध 1945 में समाप्त हुआ और 1500 km का 12.5% खो गया।",
    ),
    "pl": (
        "W 1990 r. kosztowało to 3,50 zł, a w 2024 r. 2,5 mln zł.",
        "Statku, który opuścił port przed świtem, nikt nie widział aż do wieczora.",
        "Dr Nowak przyjechał 5 maja 2020 roku o 10:45.",
        "Długo patrzyła na morze i powiedziała, że nigdy nie było tak cicho.",
        "Wojna skończyła się w 1945 roku i 12,5% z 1500 km przepadło.",
    ),
}

_FIGURE = re.compile("[0-9²³°@]")


def comparable(text):
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(re.sub(r"[^\w' ]+", " ", folded).split())


def relaxed(text):
    fewer = re.sub(r"\b(and|the|of|a)\b|'", "", comparable(text))
    return re.sub(r"\s+", "", re.sub(r"\b(zero|oh|o)\b", "zero", fewer))


def figures(rows, language):
    """Counts for each class and for all: rows, exact, relaxed, digits left unspoken."""
    counts = defaultdict(Counter)
    for row in rows:
        said, references = script.spoken(row["input"], language), row["refs"]
        left = any(map(str.isdigit, said)) and not any(re.search(r"\d", each) for each in references)
        found = {
            "rows": 1,
            "exact": comparable(said) in map(comparable, references),
            "relaxed": relaxed(said) in map(relaxed, references),
            "digits left": left,
        }
        for name in (row["class"], "all"):
            counts[name].update({key: int(value) for key, value in found.items()})
    return counts


def turned(row):
    """The row with its written text as the input: the one of the two texts that has figures."""
    reference = row["refs"][0]
    if _FIGURE.search(row["input"]) or not _FIGURE.search(reference):
        return row
    return {**row, "input": reference, "refs": [row["input"]]}


def sentences_per_second(texts, language, seconds=2.0):
    """Of one core's time, after a first run that fills what is kept."""
    for text in texts:
        script.spoken(text, language)
    count, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        for text in texts:
            script.spoken(text, language)
        count += len(texts)
    return count / (time.process_time() - start)


def main(folder, *languages):
    chosen = languages or sorted(path.stem for path in (Path(folder) / "normalisation").glob("*.jsonl"))
    for language in chosen:
        lines = (Path(folder) / "normalisation" / f"{language}.jsonl").read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        print_table(language, figures(rows, language))
        right_way = [turned(row) for row in rows]
        if right_way != rows:
            print_table(f"{language}, rows turned", figures(right_way, language))
    for language, texts in PROSE.items():
        print(f"sentences a second, {language}: {sentences_per_second(texts, language):.0f}")


def print_table(title, counts):
    print(f"{title:<22}{'rows':>6}{'exact':>8}{'relaxed':>9}{'digits left':>13}")
    for name, count in sorted(counts.items(), key=lambda each: (each[0] == "all", each[0])):
        shares = (count[key] / count["rows"] for key in ("exact", "relaxed"))
        print(f"  {name:<20}{count['rows']:>6}{next(shares):>8.3f}{next(shares):>9.3f}{count['digits left']:>13}")


if __name__ == "__main__":
    main(*sys.argv[1:])
