import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import functools
import secrets
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', models.CharField(default=functools.partial(secrets.token_urlsafe, *(24,), **{}), max_length=44, unique=True)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_key', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Workshop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('host_name', models.CharField(max_length=80, verbose_name='who leads it, as people see it')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('learn', models.TextField(max_length=1500, verbose_name='what you will learn')),
                ('starts_at', models.DateTimeField(db_index=True, verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('venue', models.CharField(blank=True, max_length=200, verbose_name='place, where people meet in a room')),
                ('link', models.URLField(blank=True, max_length=500, verbose_name='link, where people meet on line')),
                ('places', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='places')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], default='fr', max_length=5, verbose_name='language')),
                ('captions', models.BooleanField(default=False, verbose_name='with captions')),
                ('series', models.CharField(blank=True, max_length=80, verbose_name='series')),
                ('state', models.CharField(choices=[('proposed', 'waits for an animator'), ('declined', 'given back'), ('agreed', 'takes place'), ('cancelled', 'called off')], db_index=True, default='proposed', max_length=20)),
                ('remark', models.CharField(blank=True, max_length=1000, verbose_name='a word to its host')),
                ('replay', models.URLField(blank=True, max_length=500, verbose_name='link to watch it again')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='revision')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed at')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workshops', to='people.collective')),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='workshops', to=settings.AUTH_USER_MODEL, verbose_name='host')),
            ],
            options={
                'verbose_name': 'workshop',
                'verbose_name_plural': 'workshops',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('state', models.CharField(choices=[('waiting', 'on the waiting list'), ('held', 'has a place'), ('left', 'gave it back')], db_index=True, default='waiting', max_length=20)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('came', models.BooleanField(blank=True, null=True, verbose_name='came')),
                ('useful', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'Not really')], max_length=8, verbose_name='was it useful?')),
                ('word', models.CharField(blank=True, max_length=600, verbose_name='a word for who leads it')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to=settings.AUTH_USER_MODEL)),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='programme.workshop', verbose_name='workshop')),
            ],
            options={
                'verbose_name': 'registration',
                'verbose_name_plural': 'registrations',
            },
        ),
        migrations.AddIndex(
            model_name='workshop',
            index=models.Index(fields=['collective', 'state', 'starts_at'], name='workshops_ahead'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='a_workshop_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['workshop', 'state', 'since'], name='registrations_in_turn'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(fields=('workshop', 'account'), name='one_registration_each'),
        ),
    ]
