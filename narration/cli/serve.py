"""`narrate serve`."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from narration.serve import DEFAULT_PORT

if TYPE_CHECKING:
    from narration.serve import Served


@click.command("serve")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--host", default="127.0.0.1", help="The address to listen at; 0.0.0.0 lets a phone on the network in.")
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, help="8000 by default; 0: any free one.")
@click.option("--token", default="", help="A word in the address, without which nothing is served.")
@click.option("--allow-host", "names", multiple=True, metavar="NAME", help="Another name that this machine goes by.")
def command(folder: Path, host: str, port: int, token: str, names: tuple[str, ...]) -> None:
    """Serve the published folder DIR to a browser, a podcast app or a phone, until Ctrl-C."""
    import secrets

    from narration.serve import serve

    def started(served: "Served") -> None:
        click.echo(served.page)
        click.echo(f"The feed, for a podcast app: {served.feed}", err=True)
        if served.open_to_network:
            _show_code(served.feed)
            if not token:
                click.echo(
                    "Anyone on this network can listen. To keep it to those who have the address, add: "
                    f"--token {secrets.token_urlsafe(9)}",
                    err=True,
                )

    try:
        serve(folder, host, port, token=token, names=names, on_start=started)
    except KeyboardInterrupt:  # the way to end it
        return


def _show_code(address: str) -> None:
    """Print the address as a QR code, for a phone's camera."""
    import segno

    drawn = io.StringIO()
    segno.make(address, error="m").terminal(drawn, compact=True)
    click.echo(drawn.getvalue(), err=True)
