"""The option of the commands that read articles to read all of them."""

from __future__ import annotations

import click

unscreened_option = click.option(
    "--unscreened", is_flag=True, help="Also read what seems not to be English or not about athletics."
)
