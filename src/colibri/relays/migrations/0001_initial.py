import colibri.relays.models
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('appeals', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('boosts_a_day', models.PositiveSmallIntegerField(default=3, verbose_name='boosts a day')),
                ('first_hour', models.PositiveSmallIntegerField(default=18, verbose_name='from')),
                ('last_hour', models.PositiveSmallIntegerField(default=22, verbose_name='to')),
                ('days', models.JSONField(default=colibri.relays.models._every_day, verbose_name='days')),
                ('families', models.JSONField(blank=True, default=list, verbose_name='trades')),
                ('regions', models.JSONField(blank=True, default=list, verbose_name='regions')),
                ('automatic', models.BooleanField(default=False, verbose_name='Colibri boosts for me')),
                ('paused_until', models.DateField(blank=True, null=True, verbose_name='paused until')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='people.collective')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='people.identity')),
            ],
            options={
                'verbose_name': 'offer',
                'verbose_name_plural': 'offers',
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('day', models.DateField()),
                ('state', models.CharField(choices=[('due', 'to be made'), ('solved', 'made'), ('empty', 'nothing to plan')], db_index=True, default='due', max_length=20)),
                ('seed', models.PositiveIntegerField(default=0)),
                ('objective', models.FloatField(blank=True, null=True)),
                ('bound', models.FloatField(blank=True, null=True)),
                ('ratio', models.FloatField(blank=True, null=True)),
                ('figures', models.JSONField(blank=True, default=dict)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='people.collective')),
            ],
            options={
                'verbose_name': 'plan',
                'verbose_name_plural': 'plans',
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('state', models.CharField(choices=[('planned', 'about to be sent'), ('sent', 'sent'), ('dropped', 'not sent')], db_index=True, default='planned', max_length=20)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to='relays.plan')),
            ],
            options={
                'verbose_name': 'evening e-mail',
                'verbose_name_plural': 'evening e-mails',
            },
        ),
        migrations.CreateModel(
            name='Boost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('offered', 'offered'), ('giving', 'being given'), ('given', 'given'), ('undoing', 'being undone'), ('undone', 'undone'), ('declined', 'declined'), ('expired', 'expired'), ('failed', 'failed')], db_index=True, default='planned', max_length=20)),
                ('reason', models.JSONField(blank=True, default=dict)),
                ('gain', models.FloatField(default=0.0)),
                ('decline', models.CharField(blank=True, choices=[('not_today', 'not today'), ('not_this_one', 'not this message'), ('not_this_trade', 'not this trade'), ('not_this_region', 'not this region')], max_length=20)),
                ('key', models.CharField(blank=True, max_length=100)),
                ('uri', models.CharField(blank=True, max_length=500)),
                ('given_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='boosts', to='appeals.appeal')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='boosts', to='appeals.publication')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='boosts', to='relays.offer')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='boosts', to='relays.plan')),
            ],
            options={
                'verbose_name': 'boost',
                'verbose_name_plural': 'boosts',
            },
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.UniqueConstraint(fields=('identity', 'collective'), name='one_offer_per_identity'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('collective', 'day'), name='one_plan_a_day'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('plan', 'account'), name='one_digest_a_day'),
        ),
        migrations.AddIndex(
            model_name='boost',
            index=models.Index(fields=['appeal', 'state'], name='relays_boos_appeal__133479_idx'),
        ),
        migrations.AddConstraint(
            model_name='boost',
            constraint=models.UniqueConstraint(fields=('plan', 'offer', 'appeal'), name='one_boost_per_plan_and_pair'),
        ),
        migrations.AddConstraint(
            model_name='boost',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['planned', 'offered', 'giving', 'given', 'undoing'])), fields=('offer', 'publication'), name='one_open_boost_per_pair'),
        ),
    ]
