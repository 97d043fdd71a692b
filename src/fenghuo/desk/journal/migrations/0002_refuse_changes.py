"""The database itself refuses to change or remove a journal entry."""

from django.db import migrations

from fenghuo.desk.journal import triggers


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(triggers.install, triggers.remove)]
