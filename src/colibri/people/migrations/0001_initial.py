import colibri.common.sealing
import colibri.people.models.persons
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import re
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Collective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('description', models.TextField(blank=True, max_length=2000, verbose_name='description')),
                ('supporters_hashtag', models.CharField(max_length=60, verbose_name="supporters' hashtag")),
                ('seekers_hashtag', models.CharField(max_length=60, verbose_name="seekers' hashtag")),
                ('charter', models.JSONField(default=colibri.people.models.persons._charter, verbose_name='charter')),
                ('relevance', models.JSONField(blank=True, default=dict, verbose_name='relevance weights')),
                ('languages', models.JSONField(default=colibri.people.models.persons._languages, verbose_name='languages')),
                ('colour', models.CharField(blank=True, default='#0b6454', max_length=7, validators=[django.core.validators.RegexValidator(re.compile('^#[0-9a-fA-F]{6}\\Z'), 'A colour is written like this: #0b6454.')], verbose_name='colour of its cards')),
                ('time_zone', models.CharField(default='Europe/Paris', max_length=40, verbose_name='time zone')),
                ('auto_accept', models.BooleanField(default=False, verbose_name='trust the rules: accept without an animator')),
                ('cause_share', models.PositiveSmallIntegerField(default=20, help_text='At most so many, by relays who agreed to it; all others go to people looking for work.', validators=[django.core.validators.MaxValueValidator(50)], verbose_name="share of a day's boosts for urgent causes, in per cent")),
                ('member_cap', models.PositiveSmallIntegerField(default=20, help_text='Who follows many relays is not flooded.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='messages shown to one reader a day, at most')),
                ('plan_hour', models.PositiveSmallIntegerField(default=16, verbose_name='hour of the plan')),
                ('digest_hour', models.PositiveSmallIntegerField(default=18, verbose_name='hour of the evening digest')),
            ],
            options={
                'verbose_name': 'collective',
                'verbose_name_plural': 'collectives',
            },
        ),
        migrations.CreateModel(
            name='Revocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('network', models.CharField(max_length=20)),
                ('server', models.CharField(blank=True, max_length=200)),
                ('secret', colibri.common.sealing.SealedTextField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                ('language', models.CharField(default='fr', max_length=5, verbose_name='language')),
                ('time_zone', models.CharField(blank=True, max_length=40, verbose_name='time zone')),
                ('quiet_from', models.PositiveSmallIntegerField(default=colibri.people.models.persons.quiet_from, validators=[django.core.validators.MaxValueValidator(23)], verbose_name='quiet from')),
                ('quiet_until', models.PositiveSmallIntegerField(default=colibri.people.models.persons.quiet_until, validators=[django.core.validators.MaxValueValidator(23)], verbose_name='quiet until')),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.CharField(choices=colibri.people.models.persons.networks, max_length=20)),
                ('server', models.CharField(blank=True, max_length=200)),
                ('actor_id', models.CharField(max_length=300)),
                ('handle', models.CharField(max_length=200)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('refused_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='identities', to=settings.AUTH_USER_MODEL)),
                ('collective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='identities', to='people.collective')),
            ],
            options={
                'verbose_name': 'identity',
                'verbose_name_plural': 'identities',
            },
        ),
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', colibri.common.sealing.SealedTextField()),
                ('stored_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ends_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('renewing_until', models.DateTimeField(blank=True, null=True)),
                ('identity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='credential', to='people.identity')),
            ],
            options={
                'verbose_name': 'credential',
                'verbose_name_plural': 'credentials',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('be_relayed', 'have my message relayed'), ('publish_for_me', 'have the collective publish my message, or my portrait instead, in my name'), ('carry_cause', 'have my cause published and relayed'), ('boost_for_me', 'have Colibri boost from my account'), ('be_asked', 'be asked for boosts'), ('relay_causes', 'have my account relay urgent causes too'), ('be_listed', "be named in the public list of the collective's relays"), ('be_portrayed', 'be told in a public portrait'), ('be_ranked', 'be shown among those who are heard'), ('measure_reading', 'have my message and my corrections measure how well messages are read')], max_length=20)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('given_by', models.CharField(max_length=300)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=300)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL)),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.collective')),
                ('identity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.identity')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('known_as', models.CharField(blank=True, max_length=120)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='blocked_by', to=settings.AUTH_USER_MODEL)),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='people.collective')),
                ('identity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='blocked_by', to='people.identity')),
            ],
            options={
                'verbose_name': 'block',
                'verbose_name_plural': 'blocks',
            },
        ),
        migrations.CreateModel(
            name='Leaving',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('since', models.DateTimeField()),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='leaving', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'somebody who goes',
                'verbose_name_plural': 'people who go',
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('letter', models.CharField(max_length=40)),
                ('about', models.PositiveBigIntegerField()),
                ('once', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[('planned', 'about to be sent'), ('sent', 'sent'), ('dropped', 'not sent')], db_index=True, default='planned', max_length=20)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('on_devices', models.BooleanField(default=False)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('place', models.CharField(max_length=64, unique=True, verbose_name='digest of its address')),
                ('endpoint', colibri.common.sealing.SealedTextField(verbose_name='its address')),
                ('p256dh', models.CharField(max_length=120, verbose_name='its public key')),
                ('auth', models.CharField(max_length=40, verbose_name='its secret')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='name')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='last told at')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
                ('waiting', models.ManyToManyField(related_name='devices', to='people.notice')),
            ],
            options={
                'verbose_name': 'device',
                'verbose_name_plural': 'devices',
            },
        ),
        migrations.CreateModel(
            name='NoticeOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('digest', "the evening's three messages"), ('news', 'news of my message'), ('workshops', 'workshops I take part in, and my path'), ('conversations', 'that somebody would like to talk, or wrote to me'), ('helping', 'that somebody could use my help'), ('service', 'what needs a hand: an account to connect again, a silent network'), ('follow_up', 'a question, now and then, what became of my search'), ('thanks', 'thanks when a search I helped ends well')], max_length=20)),
                ('way', models.CharField(choices=[('mail', 'by mail'), ('push', 'on my devices')], default='mail', max_length=4, verbose_name='way')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices_off', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notice not wanted',
                'verbose_name_plural': 'notices not wanted',
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('seeker', 'looking for work'), ('relay', 'relay'), ('helper', 'helper'), ('recruiter', 'recruiter'), ('animator', 'animator'), ('partner', "partner's contact")], max_length=20)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='people.collective')),
            ],
        ),
        migrations.CreateModel(
            name='ServerApp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('network', models.CharField(max_length=20)),
                ('server', models.CharField(max_length=200)),
                ('secret', colibri.common.sealing.SealedTextField()),
                ('registered_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'server'), name='one_app_per_server')],
            },
        ),
        migrations.AddIndex(
            model_name='account',
            index=models.Index(condition=models.Q(('is_active', False)), fields=['id'], name='accounts_shut_out'),
        ),
        migrations.AddConstraint(
            model_name='identity',
            constraint=models.UniqueConstraint(fields=('network', 'actor_id'), name='one_identity_per_actor'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('account__isnull', False), ('identity__isnull', False), _connector='OR'), name='a_consent_is_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(('identity__isnull', False), ('person__isnull', False), _connector='OR'), name='a_block_is_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('account', 'letter', 'about', 'once'), name='one_notice_of_each_thing'),
        ),
        migrations.AddConstraint(
            model_name='noticeoff',
            constraint=models.UniqueConstraint(fields=('account', 'kind', 'way'), name='one_notice_off_each'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('account', 'collective', 'kind'), name='one_open_role'),
        ),
    ]
