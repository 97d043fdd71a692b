import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('danger', '0002_ratings_of_places'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ForecastDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(db_index=True)),
                ('lead', models.PositiveSmallIntegerField()),
                ('temperature', models.FloatField(null=True)),
                ('humidity', models.FloatField(null=True)),
                ('wind', models.FloatField(null=True)),
                ('rain', models.FloatField(null=True)),
                ('ffmc', models.FloatField()),
                ('dmc', models.FloatField()),
                ('dc', models.FloatField()),
                ('isi', models.FloatField(null=True)),
                ('bui', models.FloatField(null=True)),
                ('fwi', models.FloatField(null=True)),
                ('dsr', models.FloatField(null=True)),
                ('missing', models.JSONField(default=list)),
                ('marks', models.JSONField(default=list)),
                ('extremes', models.JSONField(null=True)),
            ],
            options={
                'ordering': ['date'],
            },
        ),
        migrations.CreateModel(
            name='FetchPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.BooleanField(default=False, help_text="The worker then sends each station's coordinates to the address below and reads the answer. Nothing else leaves the desk. Off by default.", verbose_name='fetch forecasts from Open-Meteo')),
                ('every_hours', models.PositiveSmallIntegerField(default=6, help_text='Weather models are run four times a day; more often than every 3 hours brings nothing new.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(48)], verbose_name='every so many hours')),
                ('area', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='fetch_policy', to='places.area')),
            ],
        ),
        migrations.CreateModel(
            name='FetchTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tried_at', models.DateTimeField()),
                ('succeeded_at', models.DateTimeField(null=True)),
                ('trouble', models.JSONField(default=dict)),
                ('station', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='fetch_try', to='danger.station')),
            ],
        ),
        migrations.CreateModel(
            name='ForecastError',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fwi_forecast', models.FloatField()),
                ('fwi_observed', models.FloatField()),
                ('fwi', models.FloatField()),
                ('fwi_persistence', models.FloatField(null=True)),
                ('rating_forecast', models.PositiveSmallIntegerField()),
                ('rating_observed', models.PositiveSmallIntegerField()),
                ('temperature', models.FloatField()),
                ('humidity', models.FloatField()),
                ('wind', models.FloatField()),
                ('rain', models.FloatField()),
                ('recorded_at', models.DateTimeField()),
                ('forecast', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='error', to='danger.forecastday')),
                ('observed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forecast_errors', to='danger.stationday')),
            ],
        ),
        migrations.CreateModel(
            name='ForecastIssue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('open-meteo', 'Open-Meteo'), ('file', 'forecast file'), ('demo', 'demo forecast')], max_length=20)),
                ('maker', models.CharField(blank=True, max_length=80, verbose_name='issued by')),
                ('issued_at', models.DateTimeField()),
                ('issue_stated', models.BooleanField(default=True)),
                ('fetched_at', models.DateTimeField()),
                ('based_on', models.DateField(null=True)),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forecasts', to='danger.station')),
            ],
            options={
                'ordering': ['-issued_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='forecastday',
            name='issue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='danger.forecastissue'),
        ),
        migrations.CreateModel(
            name='ForecastRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(db_index=True)),
                ('rating', models.PositiveSmallIntegerField(null=True)),
                ('system', models.CharField(blank=True, max_length=20)),
                ('ffmc', models.FloatField(null=True)),
                ('dmc', models.FloatField(null=True)),
                ('dc', models.FloatField(null=True)),
                ('gap_days', models.PositiveIntegerField(default=0)),
                ('isi', models.FloatField(null=True)),
                ('bui', models.FloatField(null=True)),
                ('fwi', models.FloatField(null=True)),
                ('dsr', models.FloatField(null=True)),
                ('temperature', models.FloatField(null=True)),
                ('humidity', models.FloatField(null=True)),
                ('wind', models.FloatField(null=True)),
                ('rain', models.FloatField(null=True)),
                ('missing', models.JSONField(default=list)),
                ('marks', models.JSONField(default=list)),
                ('method', models.CharField(blank=True, max_length=20)),
                ('parts', models.JSONField(default=list)),
                ('lyt', models.JSONField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forecast_ratings', to='places.area')),
            ],
            options={
                'ordering': ['date', 'area__code'],
            },
        ),
        migrations.CreateModel(
            name='WaitingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('fields', models.JSONField(default=dict)),
                ('waiting_since', models.DateTimeField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signature', models.CharField(max_length=64)),
                ('headers', models.JSONField()),
                ('columns', models.JSONField()),
                ('sample', models.JSONField(default=list)),
                ('set_by', models.CharField(max_length=80)),
                ('set_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='column_mappings', to='places.area')),
            ],
            options={
                'ordering': ['-set_at'],
                'constraints': [models.UniqueConstraint(fields=('area', 'signature'), name='one_mapping_a_header_and_desk')],
            },
        ),
        migrations.CreateModel(
            name='DoubtfulValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('daily', models.BooleanField(default=False)),
                ('quantity', models.CharField(max_length=20)),
                ('rule', models.CharField(max_length=40)),
                ('value', models.FloatField(null=True)),
                ('row', models.PositiveIntegerField()),
                ('column', models.CharField(max_length=200)),
                ('text', models.CharField(max_length=200)),
                ('file', models.CharField(blank=True, max_length=200)),
                ('message', models.JSONField()),
                ('fix', models.JSONField()),
                ('raised_at', models.DateTimeField()),
                ('verdict', models.CharField(choices=[('open', 'Open'), ('right', 'Right'), ('corrected', 'Corrected')], default='open', max_length=10)),
                ('by_hand', models.BooleanField(default=False)),
                ('corrected_to', models.FloatField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('settled_by', models.CharField(blank=True, max_length=80)),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doubts', to='danger.station')),
            ],
            options={
                'ordering': ['-at', 'quantity'],
                'constraints': [models.UniqueConstraint(fields=('station', 'at', 'daily', 'quantity', 'rule'), name='one_doubt_a_value_and_rule')],
            },
        ),
        migrations.AddConstraint(
            model_name='forecastissue',
            constraint=models.UniqueConstraint(fields=('station', 'source', 'maker', 'issued_at'), name='one_forecast_an_issue'),
        ),
        migrations.AddConstraint(
            model_name='forecastday',
            constraint=models.UniqueConstraint(fields=('issue', 'date'), name='one_day_a_forecast'),
        ),
        migrations.AddConstraint(
            model_name='forecastrating',
            constraint=models.UniqueConstraint(fields=('area', 'date'), name='one_forecast_rating_a_day_and_area'),
        ),
    ]
