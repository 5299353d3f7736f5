import colibri.common.sealing
import django.utils.timezone
import functools
import secrets
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Giving',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('standing', 'ready to help'), ('asked', 'asked whether all is well'), ('paused', 'resting'), ('ended', 'over')], db_index=True, default='standing', max_length=20)),
                ('kinds', models.JSONField(default=list, verbose_name='what you can give')),
                ('a_week', models.PositiveSmallIntegerField(default=1, verbose_name='people at a time, at most')),
                ('hours', models.JSONField(blank=True, default=list, verbose_name='when')),
                ('languages', models.JSONField(default=list, verbose_name='languages')),
                ('families', models.JSONField(blank=True, default=list, verbose_name='trades you know')),
                ('occupation', models.CharField(blank=True, max_length=5, verbose_name='your own trade')),
                ('region', models.CharField(blank=True, max_length=2, verbose_name='region (INSEE code)')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('silent', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'verbose_name': 'offer of help',
                'verbose_name_plural': 'offers of help',
            },
        ),
        migrations.CreateModel(
            name='HelpRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('message', 'a message'), ('profile', 'a profile on a network'), ('cv', 'a CV'), ('image', 'an image'), ('interview', 'an interview rehearsal'), ('trade', 'a trade explained'), ('talk', 'an open ear, just to talk'), ('mentor', 'a mentor for some weeks')], max_length=12, verbose_name='what you ask for')),
                ('state', models.CharField(choices=[('waiting', 'looking for a helper'), ('offered', 'a helper was asked'), ('accepted', 'a helper said yes'), ('answered', 'being helped'), ('closed', 'over')], db_index=True, default='waiting', max_length=20)),
                ('words', colibri.common.sealing.SealedTextField()),
                ('text', colibri.common.sealing.SealedTextField()),
                ('languages', models.JSONField(default=list, verbose_name='languages')),
                ('hours', models.JSONField(blank=True, default=list, verbose_name='when')),
                ('occupation', models.CharField(blank=True, max_length=5, verbose_name='occupation (ROME code)')),
                ('region', models.CharField(blank=True, max_length=2, verbose_name='region (INSEE code)')),
                ('nobody', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('ending', models.CharField(blank=True, choices=[('helped', 'it helped'), ('little', 'it helped a little'), ('otherwise', 'not needed any more')], max_length=12)),
                ('before', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('after', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('forgotten', models.BooleanField(default=False, editable=False)),
                ('passed_on', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'help request',
                'verbose_name_plural': 'help requests',
            },
        ),
        migrations.CreateModel(
            name='Mentorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('state', models.CharField(choices=[('going', 'going on'), ('middle', 'past its middle'), ('ending', 'at its end'), ('over', 'over')], db_index=True, default='going', max_length=20)),
                ('aim', colibri.common.sealing.SealedTextField(null=True)),
                ('rhythm', models.CharField(choices=[('week', 'once a week'), ('fortnight', 'every two weeks'), ('month', 'once a month')], default='fortnight', max_length=12, verbose_name='how often')),
                ('began_on', models.DateField()),
                ('ends_on', models.DateField(verbose_name='until')),
            ],
            options={
                'verbose_name': 'mentorship',
                'verbose_name_plural': 'mentorships',
            },
        ),
        migrations.CreateModel(
            name='NextStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', colibri.common.sealing.SealedTextField()),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'next step',
                'verbose_name_plural': 'next steps',
                'ordering': ['written_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'asked'), ('accepted', 'helps'), ('declined', 'could not this time'), ('silent', 'did not answer'), ('taken', 'no longer needed'), ('left', 'handed it back'), ('vanished', 'fell silent'), ('done', 'helped')], db_index=True, default='open', max_length=20)),
                ('reasons', models.JSONField(blank=True, default=list)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'helper asked',
                'verbose_name_plural': 'helpers asked',
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('passage', models.PositiveSmallIntegerField(default=0)),
                ('text', colibri.common.sealing.SealedTextField()),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'remark',
                'verbose_name_plural': 'remarks',
                'ordering': ['written_at', 'pk'],
            },
        ),
    ]
