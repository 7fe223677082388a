"""The command `podium`.

Command modules import what is heavy (rdflib, pyoxigraph, the extraction's tables, Flask) inside their functions: every
call of the command pays for what is imported, and `podium --help` should not take a second.

Exit codes: 0 all went well; 1 something failed (an input that cannot be read, a name that is not there, a graph that
breaks its shapes) and the rest was done; 2 the command line is wrong; 70 a fault of Podium itself; 130 interrupted; 141
the reader of the output went away.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from typing import TYPE_CHECKING, Final

import click

from graph.errors import PodiumError
from server.commands.asking import export, query
from server.commands.curating import merge, split, why
from server.commands.describing import path, related, show
from server.commands.disagreeing import choose, conflicts
from server.commands.evaluating import evaluate
from server.commands.judging import confirm, history, reject, undo
from server.commands.keeping import articles, check, ingest, retract
from server.commands.output import complain
from server.commands.reading import extract
from server.commands.rules import rules
from server.commands.safekeeping import backup, rebuild, restore
from server.commands.searching import search
from server.commands.serving import serve
from server.commands.tokens import token

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLLECTED: Final = 10_000  # new objects from which on Python looks for cycles, of which loading code makes none
_FAILED, _USAGE, _FAULT, _INTERRUPTED, _NO_READER = 1, 2, 70, 130, 141


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 well; 1 something failed, the rest was done; 2 wrong usage; 70 a fault of Podium.",
)
@click.version_option(package_name="podium", prog_name="podium", message="%(prog)s %(version)s")
@click.option("--traceback", is_flag=True, help="Show where a fault of Podium happened.")
@click.pass_context
def cli(context: click.Context, traceback: bool) -> None:
    """Podium keeps what athletics news asserts as a knowledge graph, every fact with its sentence.

    \b
    Start with:
      podium ingest articles/
      podium show "Josh Kerr"
      podium serve
    """
    context.obj = {"traceback": traceback}


for command in (
    articles, backup, check, choose, confirm, conflicts, evaluate, export, extract, history, ingest, merge, path,
    query, rebuild, reject, related, restore, retract, rules, search, serve, show, split, token, undo, why,
):  # fmt: skip
    cli.add_command(command)


def main() -> None:
    """The entry point of the console script."""
    gc.set_threshold(_COLLECTED)
    code = run(sys.argv[1:])
    gc.freeze()  # all that is left ends with the process: to look for cycles in it takes a tenth of a second
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Runs one command line; returns the exit code. Expected failures are one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # News text holds any letter; a terminal that cannot show one gets its code instead of an end in mid-card.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    _log_to_stderr()
    try:
        # Not `cli.main`, which ends the process itself when the reader of the output goes away.
        with cli.make_context("podium", list(arguments)) as context:
            cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return _USAGE
    except click.UsageError as error:
        where = f"; see `{error.ctx.command_path} --help`" if error.ctx else ""
        complain(f"{error.format_message().rstrip('.')}{where}")
        return _USAGE
    except (click.ClickException, PodiumError) as error:
        complain(error.format_message() if isinstance(error, click.ClickException) else str(error))
        return _FAILED
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return _INTERRUPTED
    except BrokenPipeError:
        _abandon_output()
        return _NO_READER
    except OSError as error:
        _abandon_output()
        complain(f"{error.filename or 'standard output'}: {error.strerror or error}")
        return _FAILED
    except Exception as error:  # the last line of defence: a user gets a sentence, not a stack
        if "--traceback" in arguments:
            raise
        complain(f"a fault of Podium: {type(error).__name__}: {error}; `podium --traceback ...` shows where")
        return _FAULT
    return 0


def _log_to_stderr() -> None:
    """Podium's own warnings as lines like its errors, and those of the web server; no other library's."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("podium: %(message)s"))
    for name in ("graph", "server"):
        logging.getLogger(name).handlers = [handler]
    logging.getLogger().handlers = [logging.NullHandler()]


def _abandon_output() -> None:
    """Points standard output at nothing, so that the flush at exit does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
