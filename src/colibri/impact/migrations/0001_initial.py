import colibri.common.sealing
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Day',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('day', models.DateField()),
                ('counted_at', models.DateTimeField(blank=True, null=True, verbose_name='counted at')),
                ('relayed', models.PositiveIntegerField(default=0, verbose_name='people relayed')),
                ('ever', models.PositiveIntegerField(default=0, verbose_name='people relayed until then')),
                ('boosts', models.PositiveIntegerField(default=0, verbose_name='boosts')),
                ('relays', models.PositiveIntegerField(default=0, verbose_name='relays who gave')),
                ('reach', models.PositiveIntegerField(default=0, verbose_name='distinct people who could have seen one')),
            ],
            options={
                'verbose_name': 'figures of a day',
                'verbose_name_plural': 'figures of days',
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('month', models.DateField(verbose_name='month')),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('headline', models.JSONField(blank=True, default=dict, verbose_name='back at work within six months')),
                ('inclusion', models.JSONField(blank=True, default=dict, verbose_name='how groups fare')),
            ],
            options={
                'verbose_name': 'edition of figures',
                'verbose_name_plural': 'editions of figures',
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='began at')),
                ('state', models.CharField(choices=[('going', 'asked from time to time'), ('over', 'asked for a year'), ('stopped', 'asked no more'), ('told', 'the outcome is known')], db_index=True, default='going', max_length=20)),
                ('channel', models.CharField(blank=True, choices=[('mail', 'by mail'), ('note', 'by a private note on my network')], max_length=8, verbose_name='how it is asked')),
                ('asked', models.PositiveSmallIntegerField(default=0, verbose_name='questions asked')),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('heard_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'follow-up',
                'verbose_name_plural': 'follow-ups',
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('found_here', 'found work through the collective'), ('found_elsewhere', 'found work otherwise'), ('found', 'found work'), ('business', 'started a business of their own'), ('training', 'began a training'), ('stopped', 'stopped looking')], max_length=16, verbose_name='what became of it')),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='told at')),
                ('happened_on', models.DateField(verbose_name='since')),
                ('word', models.CharField(blank=True, max_length=280, verbose_name='a word to those who carried my message')),
                ('word_public', models.BooleanField(default=False, verbose_name='everybody may read it, without my name')),
                ('word_shown_at', models.DateTimeField(blank=True, null=True, verbose_name='shown in reports since')),
                ('thanked_at', models.DateTimeField(blank=True, null=True, verbose_name='relays were thanked at')),
            ],
            options={
                'verbose_name': 'outcome',
                'verbose_name_plural': 'outcomes',
            },
        ),
        migrations.CreateModel(
            name='Situation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signs', colibri.common.sealing.SealedTextField()),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'situation said',
                'verbose_name_plural': 'situations said',
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('searches', 'searches whose relaying began'), ('outcomes', 'searches whose outcome was told'), ('boosts', 'boosts given'), ('relays', 'relays who gave a boost'), ('reach_a_day', 'distinct people a day who could have seen a boost, on average')], max_length=12, verbose_name='what is counted')),
                ('first', models.DateField(verbose_name='first month')),
                ('last', models.DateField(verbose_name='last month')),
                ('dimension', models.CharField(blank=True, choices=[('region', 'region'), ('family', 'trade'), ('kind', 'what became of it')], max_length=8, verbose_name='by')),
                ('label', models.CharField(blank=True, max_length=16, verbose_name='which')),
                ('number', models.PositiveIntegerField(verbose_name='how many')),
            ],
            options={
                'verbose_name': 'figure told',
                'verbose_name_plural': 'figures told',
            },
        ),
    ]
