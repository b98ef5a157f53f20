"""Documents made to do harm: each gives text or a refusal, soon, in little memory, and reaches for nothing else."""

import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import script
from script.readers.pandoc_program import program
from tests.script.hostile_documents import DOCUMENTS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc"),
]

_RUN = Path(__file__).with_name("hostile") / "run.py"
_MOST_SECONDS, _MOST_MB = 20.0, 1000.0
# What is refused, and what the sentence must say; everything else gives text.
_REFUSED = {
    r"fifty-megabytes\..*": "5[01] MB of text",
    # a busy machine may take longer to find out what is wrong
    r"brackets\.md|quotes\.md|lists\.md|aliases\.md|levels\.docx": "memory|nested too deeply|pandoc more than",
    r"divisions.*|tables\.html|parts\.eml": "nested too deeply",
    r"noise\.txt|wrong\.(?:md|txt)": "not text",
    r"bomb\.(?:fb2|docbook)|macros\.tex|include\.adoc|levels\.ipynb|bomb-entities\.docx": "cannot be read",
    r"bomb-document\.docx|bomb\.epub": "unpacks to far more",
    r"entries\..*": "more than 20000 files",
    r"truncated\..*": "damaged",
    r"encrypted\..*": "is locked with a password",
    r"old\.doc": "old binary Word",
    r"wrong\.(?:docx|epub)": "not what its name says",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hostile_document_gives_text_or_a_refusal_and_reaches_for_nothing(name: str, tmp_path: Path) -> None:
    document, log = tmp_path / name, tmp_path / "noted.jsonl"
    document.write_bytes(DOCUMENTS[name]())
    environment = os.environ | {"PYTHONPATH": str(_RUN.parent), "NOTED_IN": str(log)}
    done = subprocess.run(
        [sys.executable, str(_RUN), str(document)], capture_output=True, env=environment, timeout=180, check=True
    )
    found = json.loads(done.stdout)
    assert found["seconds"] <= _MOST_SECONDS
    assert found["peak_mb"] <= _MOST_MB
    assert _odd(log, document) == []
    assert "root:" not in str(found)
    expected = next((said for pattern, said in _REFUSED.items() if re.fullmatch(pattern, name)), "")
    if expected:
        assert re.search(expected, found["refused"])
    else:
        assert "said" in found, found["refused"]


def _odd(log: Path, document: Path) -> list[str]:
    """What was opened, asked for or started that is neither the document nor a part of what is installed."""
    own = [sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), str(Path(script.__file__).parents[1])]
    usual = [
        str(document),
        str(_RUN.parent),
        str(program()),
        sys.executable,
        *own,
        "/proc/",
        "/dev/null",
        "/usr/share/zoneinfo",
        "/etc/mime",
    ]
    noted = (json.loads(line) for line in log.read_text("utf-8").splitlines())
    return [
        f"{event} {what}" for event, what in noted if event.startswith("socket.") or not what.startswith(tuple(usual))
    ]
