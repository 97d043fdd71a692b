"""`fenghuo token`: keys for the API."""

import click

from fenghuo.desk.officers import commands, identity
from fenghuo.desk.officers.models import Officer


def join(group: click.Group) -> None:
    group.add_command(token)


@click.command()
@click.argument("username")
@click.option("--for", "label", required=True, help="What will use it, such as “county feed”.")
def token(username: str, label: str) -> None:
    """Make an API token that acts as an officer. It is printed once.

    Example: fenghuo token duty --for "weather script"
    """
    officer = Officer.objects.filter(username=username, is_active=True).select_related("area").first()
    if officer is None:
        raise click.ClickException(f"There is no active account named {username}.")
    click.echo(commands.make_token(identity.program(identity.now(), via="command line"), officer, label))
