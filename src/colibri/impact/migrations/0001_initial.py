import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('appeals', '0001_initial'),
    ]

    operations = [
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
                ('appeal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='follow_up', to='appeals.appeal')),
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
                ('thanked_at', models.DateTimeField(blank=True, null=True, verbose_name='relays were thanked at')),
                ('appeal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='outcome', to='appeals.appeal')),
            ],
            options={
                'verbose_name': 'outcome',
                'verbose_name_plural': 'outcomes',
            },
        ),
    ]
