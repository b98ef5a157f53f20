"""A program that whistles like whistling.py, but for the third paragraph."""

import runpy
import sys
from pathlib import Path

if "Third" in Path(sys.argv[3]).read_text("utf-8"):
    sys.exit("I do not say such things")
del sys.argv[0]
runpy.run_path(sys.argv[0])
