"""The command line: `narrate SOURCE`, and one module per command.

This is the one border where errors become exit codes: 0 done, 1 our own bug (with its traceback), 2 usage, 3 the
source or project could not be read, 4 a paragraph could not be recorded or a check failed,
5 audio could not be written, 130 interrupted.
"""

import errno
import gc
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from narration.cli import interrupt
from narration.errors import EngineError, ProjectError, ProjectWriteError, UsageError

COMMANDS = {
    "make": "Narrate SOURCE into an episode.",
    "script": "Show what will be read of SOURCE, and how it is said.",
    "redo": "Record paragraphs N of EPISODE again.",
    "takes": "List the takes of EPISODE, or of its paragraph N.",
    "pick": "Choose TAKE for paragraph N of EPISODE.",
    "check": "Find out whether EPISODE holds every word.",
    "export": "Write EPISODE in another format, from the same takes.",
    "publish": "Publish each EPISODE in a folder, with feed and pages.",
    "serve": "Serve the published folder DIR to a browser or a phone.",
    "play": "Listen to EPISODE, from paragraph N.",
    "lexicon": "Work on lexicons, which say how words are said.",
    "voices": "List the voices, hear one, or install one.",
    "engines": "List the engines: which work here, what others need.",
}
INTERRUPTED = 130
_ALLOCATIONS = 50_000  # between two looks for garbage in circles; every 700, it takes a tenth of a script's time
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


class _Narrate(click.Group):
    """The commands, each loaded when it is called and not to be listed; anything else is a source to be made."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"narration.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*COMMANDS, "-h", "--help", "--version"):
            _refuse_misspelled(args[0], ctx)
            args = ["make", *args]
        return super().parse_args(ctx, args)


def _refuse_misspelled(word: str, ctx: click.Context) -> None:
    """`narrate tkaes` is no source: nothing of that name is there, and a command is nearly called so."""
    import difflib

    near = difflib.get_close_matches(word, COMMANDS, n=1)
    if near and not word.startswith("-") and not Path(word).exists():
        raise click.UsageError(f"There is no command or file “{word}”. Did you mean `narrate {near[0]}`?", ctx)


@click.group(cls=_Narrate, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="narration", message="narrate %(version)s")
def narrate() -> None:
    """Narrate an article into a podcast-style episode with chapters, offline.

    `narrate SOURCE` is `narrate make SOURCE`. EPISODE is a project file, an audio file made from it, or its source.
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    interrupt.guard()
    _open_standard_streams()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # on matrices so small, threads wait more than they work
    gc.set_threshold(_ALLOCATIONS)
    sys.exit(status(sys.argv[1:]))


def _open_standard_streams() -> None:
    """Those that whoever started us has closed lead nowhere; else the next file opened would take their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode)  # noqa: SIM115, PTH123 - for as long as we run
            os.set_inheritable(stream.fileno(), True)  # noqa: FBT003 - to the workers too
            setattr(sys, name, stream)


def status(args: list[str]) -> int:
    """The exit code of these arguments; messages go to standard error, our own bugs up to the interpreter."""
    try:
        code = narrate.main(args, prog_name="narrate", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted. What was recorded is kept; run the same command to go on.", err=True)
        return INTERRUPTED
    except SystemExit:  # click's way to end when the reader of standard output has gone: no bug of ours
        return 0
    except Exception as error:
        code = _exit_code(error)
        if code is None:
            raise
        click.echo(f"narrate: {error}", err=True)
    return int(code or 0)


def _exit_code(error: Exception) -> int | None:
    from audio.errors import AudioError
    from script.errors import ArticleError

    if isinstance(error, OSError) and error.errno in _FULL:
        return 5  # what has no sentence of its own: standard output, a temporary file
    table: dict[type[Exception], int] = {
        UsageError: 2,
        ArticleError: 3,
        ProjectWriteError: 5,
        ProjectError: 3,
        EngineError: 4,
        AudioError: 5,
    }
    return next((code for kind, code in table.items() if isinstance(error, kind)), None)
