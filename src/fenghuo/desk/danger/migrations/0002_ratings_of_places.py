import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('danger', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='arearating',
            name='bui',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='arearating',
            name='dc',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='arearating',
            name='dmc',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='arearating',
            name='dsr',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='arearating',
            name='ffmc',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='arearating',
            name='gap_days',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='arearating',
            name='humidity',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='arearating',
            name='isi',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='arearating',
            name='lyt',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='arearating',
            name='marks',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='arearating',
            name='missing',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='arearating',
            name='rain',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='arearating',
            name='system',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='arearating',
            name='temperature',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='arearating',
            name='wind',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='policy',
            name='dmc_rain',
            field=models.CharField(choices=[('program', 'as the widespread programs compute it'), ('printed', 'as the reports print it')], default='program', max_length=10, verbose_name='rain in the DMC'),
        ),
        migrations.AddField(
            model_name='policy',
            name='estimate_up_to',
            field=models.PositiveSmallIntegerField(default=0, help_text='0: nothing is estimated. Estimated days are marked.', verbose_name='estimate missing days in a row, at most'),
        ),
        migrations.AddField(
            model_name='policy',
            name='ffmc_constant',
            field=models.CharField(choices=[('1985', '147.2, as printed in 1985'), ('exact', '250 · 59.5 / 101, as newer programs use')], default='1985', max_length=10, verbose_name='FFMC constant'),
        ),
        migrations.AddField(
            model_name='policy',
            name='lapse_rate',
            field=models.FloatField(default=-6.5, help_text='−6.5 is the ICAO standard atmosphere; 0 corrects nothing.', verbose_name='change of temperature with height, °C per km'),
        ),
        migrations.AddField(
            model_name='policy',
            name='latitude_bands',
            field=models.CharField(choices=[('xclim', 'changing at 15° and 30°'), ('cffdrs', 'changing at 10°, 20° and 30°')], default='xclim', max_length=10, verbose_name='day length by latitude'),
        ),
        migrations.AddField(
            model_name='policy',
            name='local_scheme',
            field=models.TextField(blank=True, verbose_name="classes from the desk's own history"),
        ),
        migrations.AddField(
            model_name='policy',
            name='own_scheme',
            field=models.TextField(blank=True, verbose_name='own classes'),
        ),
        migrations.AddField(
            model_name='policy',
            name='own_table',
            field=models.TextField(blank=True, verbose_name='own score tables of LY/T 1172'),
        ),
        migrations.AddField(
            model_name='policy',
            name='radius_km',
            field=models.FloatField(default=30.0, help_text='With fewer than two stations within, the nearest one is taken.', verbose_name='weigh the stations within, km'),
        ),
        migrations.AddField(
            model_name='policy',
            name='rain_day',
            field=models.CharField(choices=[('20-20', 'from 20:00 of the day before to 20:00'), ('08-08', 'from 08:00 of the day before to 08:00')], default='20-20', max_length=10, verbose_name='rain day of LY/T 1172'),
        ),
        migrations.AddField(
            model_name='policy',
            name='restart_after',
            field=models.PositiveSmallIntegerField(blank=True, default=10, help_text='Until then the codes of the last full day are held. Empty: they are always held.', null=True, verbose_name='start again after more missing days than'),
        ),
        migrations.AddField(
            model_name='policy',
            name='source',
            field=models.CharField(choices=[('stations', 'weather stations'), ('grid', 'grids that are taken in')], default='stations', max_length=10, verbose_name='weather from'),
        ),
        migrations.AddField(
            model_name='policy',
            name='system',
            field=models.CharField(choices=[('fwi1987', 'FWI system, 1987'), ('lyt1172', 'LY/T 1172-1995, national fire-weather classes')], default='fwi1987', max_length=20, verbose_name='rating system'),
        ),
        migrations.AddField(
            model_name='stationday',
            name='extremes',
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name='GroundCover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='from this day on')),
                ('category', models.CharField(max_length=20, verbose_name='green or snow cover')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='covers', to='places.area')),
            ],
            options={
                'ordering': ['since'],
            },
        ),
        migrations.CreateModel(
            name='SiteRating',
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
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='places.site')),
            ],
            options={
                'ordering': ['date', 'site__code'],
            },
        ),
        migrations.AddConstraint(
            model_name='groundcover',
            constraint=models.UniqueConstraint(fields=('area', 'since'), name='one_cover_a_day_and_area'),
        ),
        migrations.AddConstraint(
            model_name='siterating',
            constraint=models.UniqueConstraint(fields=('site', 'date'), name='one_rating_a_day_and_site'),
        ),
    ]
