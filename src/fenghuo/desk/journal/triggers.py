"""The database's own refusal to change or remove a journal entry."""

SQLITE = (
    """CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END""",
    """CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'journal entries are never removed'); END""",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'journal entries are never changed or removed'; END $$""",
    """CREATE TRIGGER journal_entry_no_update BEFORE UPDATE OR DELETE ON journal_entry
       FOR EACH ROW EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_entry_no_delete BEFORE TRUNCATE ON journal_entry
       FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()""",
)


def install(apps, schema_editor) -> None:
    """Create the triggers on this database."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps, schema_editor) -> None:
    """Drop them: for a migration's way back, and for tests that play the intruder."""
    on = "" if schema_editor.connection.vendor == "sqlite" else " ON journal_entry"
    for name in ("journal_entry_no_update", "journal_entry_no_delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
