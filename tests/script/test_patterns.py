"""Every pattern of the script can be compiled, though none is before it is needed."""

import importlib
import pkgutil
import re

import pytest

import script
from script.patterns import regex

MODULES = sorted(each.name for each in pkgutil.walk_packages(script.__path__, "script."))


def test_pattern_finds_what_the_compiled_one_finds():
    late, compiled = regex("(a+)(?P<b>b)", re.IGNORECASE), re.compile("(a+)(?P<b>b)", re.IGNORECASE)
    assert late.sub(r"\2\1", "xAAb") == compiled.sub(r"\2\1", "xAAb") == "xbAA"
    assert late.groupindex == compiled.groupindex


def test_pattern_is_not_compiled_before_it_is_used():
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search("")


@pytest.mark.parametrize("module", MODULES)
def test_every_pattern_compiles(module):
    for value in vars(importlib.import_module(module)).values():
        if type(value) is type(regex("")):
            assert isinstance(re.compile(value.pattern, value.flags & ~re.UNICODE), re.Pattern)
