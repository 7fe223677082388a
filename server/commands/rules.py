"""`rules`: what the rules are that evidence and the table by rule name."""

from __future__ import annotations

import click

from server.commands.output import json_option, say, say_json


@click.command()
@click.argument("rule", required=False)
@json_option
def rules(rule: str | None, as_json: bool) -> None:
    """List the rules that read facts, with the kind of fact each gives and an example.

    With RULE, all the examples of that one: sentences that it reads, and others that it must leave.

    \b
    Examples:
      podium rules
      podium rules result.place
    """
    from graph.errors import LookupFailedError
    from graph.extraction import rules as all_rules

    chosen = [known for known in all_rules() if rule in (None, known.id)]
    if not chosen:
        raise LookupFailedError(str(rule), f"there is no rule '{rule}'; `podium rules` lists them all")
    if as_json:
        say_json(chosen)
    elif rule is None:
        width, kind_width = (max(map(len, names)) for names in zip(*((r.id, r.fact) for r in chosen), strict=True))
        for known in chosen:
            say(f"{known.id:<{width}}  {known.fact:<{kind_width}}  {known.positive[0]}")
    else:
        (known,) = chosen
        say(f"{known.id} gives facts of the kind: {known.fact}")
        for heading, examples in (("reads", known.positive), ("leaves", known.negative)):
            say(heading)
            for example in examples:
                say(example, indent=2)
