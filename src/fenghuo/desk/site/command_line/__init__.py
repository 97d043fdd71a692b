"""`fenghuo`: the command line. One module a family of commands."""

import os
import sys

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fenghuo")
def fenghuo() -> None:
    """The duty desk: serve it, feed it, verify it."""


def main() -> None:
    """The entry point of `.venv/bin/fenghuo`."""
    if sys.argv[1:3] == ["danger", "compute"]:
        from . import danger_compute

        danger_compute.alone(fenghuo)
    if sys.argv[1:2] == ["cap"]:
        from . import cap

        cap.alone(fenghuo)
    if sys.argv[1:2] == ["check"]:
        from . import check

        check.alone(fenghuo)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.desk.site.settings")
    import django

    from fenghuo.desk.site import catalogue

    catalogue.compile_all()
    django.setup()
    from . import (
        cap,
        check,
        danger,
        danger_compute,
        danger_grid,
        demo,
        journal,
        serve,
        setting_up,
        summary,
        token,
    )

    families = (
        serve,
        demo,
        setting_up,
        cap,
        check,
        danger,
        danger_compute,
        danger_grid,
        journal,
        summary,
        token,
    )
    for family in families:
        family.join(fenghuo)
    fenghuo()
