"""`fenghuo danger`: weather in."""

import click


def join(group: click.Group) -> None:
    group.add_command(danger)


@click.group()
def danger() -> None:
    """Fire danger."""
