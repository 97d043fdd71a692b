"""`fenghuo demo`: the fictional township."""

import click


def join(group: click.Group) -> None:
    group.add_command(demo)


@click.command()
def demo() -> None:
    """Load the demo desk into an empty database."""
