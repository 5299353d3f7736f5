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
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('name', colibri.common.sealing.SealedTextField()),
                ('email', colibri.common.sealing.SealedTextField()),
                ('sender', models.CharField(db_index=True, max_length=64)),
                ('origin', models.CharField(db_index=True, max_length=64)),
                ('text', colibri.common.sealing.SealedTextField()),
                ('language', models.CharField(default='fr', max_length=5)),
                ('state', models.CharField(choices=[('written', 'about to be confirmed'), ('unverified', 'address not confirmed yet'), ('held', 'held for an animator'), ('forwarding', 'about to be forwarded'), ('forwarded', 'forwarded'), ('rejected', 'rejected'), ('reported', 'reported')], db_index=True, default='written', max_length=20)),
                ('suspicion', models.CharField(blank=True, max_length=40)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('search', 'job search'), ('cause', 'cause')], default='search', max_length=10)),
                ('title', models.CharField(blank=True, help_text='Of a cause.', max_length=120, verbose_name='title')),
                ('source_uri', models.CharField(blank=True, max_length=500, null=True, unique=True)),
                ('state', models.CharField(choices=[('draft', 'waiting for its author'), ('submitted', 'waiting for an animator'), ('accepted', 'accepted'), ('active', 'being relayed'), ('paused', 'paused'), ('expired', 'expired'), ('refused', 'not relayed'), ('closed', 'closed')], db_index=True, default='draft', max_length=20)),
                ('refusal', models.CharField(blank=True, choices=[('no_jobs', 'no jobs of many people hang on it'), ('unproven', 'what it says cannot be checked'), ('not_a_search', 'not a search for work'), ('internship', 'internship'), ('apprenticeship', 'apprenticeship'), ('freelance', 'freelance'), ('civic_service', 'civic service'), ('rules', 'against the rules')], max_length=20)),
                ('ending', models.CharField(blank=True, choices=[('found', 'found work'), ('withdrawn', 'consent withdrawn'), ('deleted', 'message deleted'), ('stopped', 'stopped'), ('no_answer', 'no answer'), ('saved', 'saved'), ('postponed', 'postponed'), ('lost', 'lost')], max_length=20)),
                ('reading', models.JSONField(blank=True, default=dict)),
                ('meant', models.CharField(blank=True, max_length=10, verbose_name='kind, as corrected')),
                ('occupation', models.CharField(blank=True, max_length=5, verbose_name='occupation (ROME code)')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='place')),
                ('region', models.CharField(blank=True, max_length=2, verbose_name='region (INSEE code)')),
                ('contracts', models.JSONField(blank=True, default=list, verbose_name='contracts')),
                ('strengths', models.JSONField(blank=True, default=list, verbose_name='strengths')),
                ('language', models.CharField(default='fr', max_length=5)),
                ('link', models.URLField(blank=True, verbose_name='your own link')),
                ('accepts_answers', models.BooleanField(default=False, verbose_name='readers may write to me through a form')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('reminded', models.CharField(blank=True, editable=False, max_length=8)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', colibri.common.sealing.SealedTextField()),
                ('read', models.JSONField()),
                ('right', models.JSONField()),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['kept_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accepted', 'accepted'), ('refused', 'not relayed'), ('sent_back', 'looked at again')], max_length=10)),
                ('reason', models.CharField(blank=True, choices=[('no_jobs', 'no jobs of many people hang on it'), ('unproven', 'what it says cannot be checked'), ('not_a_search', 'not a search for work'), ('internship', 'internship'), ('apprenticeship', 'apprenticeship'), ('freelance', 'freelance'), ('civic_service', 'civic service'), ('rules', 'against the rules')], max_length=20)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('kind', models.CharField(choices=[('invitation', 'invitation'), ('refusal', 'refusal'), ('welcome', 'welcome'), ('reminder', 'reminder'), ('follow_up', 'question what became of the search')], max_length=20)),
                ('state', models.CharField(choices=[('planned', 'about to be sent'), ('sent', 'sent'), ('failed', 'failed')], db_index=True, default='planned', max_length=20)),
                ('key', models.CharField(max_length=100)),
                ('uri', models.CharField(blank=True, db_index=True, max_length=500)),
            ],
            options={
                'verbose_name': 'private note',
                'verbose_name_plural': 'private notes',
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('network', models.CharField(max_length=20)),
                ('state', models.CharField(choices=[('planned', 'about to be published'), ('live', 'published'), ('beside', 'beside the one that is relayed'), ('deleting', 'about to be deleted'), ('deleted', 'deleted'), ('gone', 'gone'), ('failed', 'failed')], db_index=True, default='planned', max_length=20)),
                ('key', models.CharField(blank=True, max_length=100)),
                ('uri', models.CharField(blank=True, db_index=True, max_length=500)),
                ('version', models.CharField(blank=True, max_length=100)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('text', models.TextField(blank=True)),
                ('undescribed', models.PositiveSmallIntegerField(default=0, verbose_name='images without a description')),
                ('instead', models.BooleanField(default=False, verbose_name='stands in for the message')),
            ],
            options={
                'verbose_name': 'publication',
                'verbose_name_plural': 'publications',
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(max_length=20)),
                ('shared_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
