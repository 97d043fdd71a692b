"""Sites get an elevation of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='site',
            name='elevation',
            field=models.FloatField(blank=True, null=True, verbose_name='elevation, m'),
        ),
    ]
