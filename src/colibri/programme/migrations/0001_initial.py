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
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=300, unique=True, verbose_name='skill')),
                ('folded', models.CharField(max_length=300)),
                ('spread', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'skill',
                'verbose_name_plural': 'skills',
                'ordering': ['label'],
            },
        ),
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
            name='Leaning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(default=dict)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='leaning', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('about', models.TextField(blank=True, max_length=1000, verbose_name='what it is')),
                ('site', models.URLField(blank=True, max_length=500, verbose_name='its site')),
                ('contact_name', models.CharField(blank=True, max_length=80, verbose_name='who speaks for it')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='their e-mail address')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='people.collective', verbose_name='collective')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='partners', to=settings.AUTH_USER_MODEL, verbose_name='their account')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Gift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('mentors', 'mentors lent'), ('places', 'places lent'), ('workshops', 'workshops held'), ('people', 'people sent'), ('other', 'something else')], max_length=10, verbose_name='what')),
                ('number', models.PositiveIntegerField(default=1, verbose_name='how many')),
                ('word', models.CharField(blank=True, max_length=200, verbose_name='in a word')),
                ('given_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='on')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gifts', to='programme.partner')),
            ],
            options={
                'ordering': ['-given_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('summary', models.TextField(blank=True, max_length=1500, verbose_name='what it is')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], default='fr', max_length=5, verbose_name='language')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='programmes', to='people.collective', verbose_name='collective')),
            ],
            options={
                'verbose_name': 'programme',
                'verbose_name_plural': 'programmes',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('region', models.CharField(blank=True, max_length=3, verbose_name='region')),
                ('begins_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(verbose_name='until')),
                ('places', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='places')),
                ('state', models.CharField(choices=[('planned', 'being prepared'), ('open', 'open'), ('closed', 'closed')], db_index=True, default='planned', max_length=20)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('walkers', models.PositiveIntegerField(default=0, editable=False, verbose_name='people who walk it')),
                ('partners', models.ManyToManyField(blank=True, related_name='cohorts', to='programme.partner', verbose_name='partners')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cohorts', to='programme.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'cohort',
                'verbose_name_plural': 'cohorts',
                'ordering': ['-begins_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Ability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=300, verbose_name='in your own words')),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'a little'), (2, 'well'), (3, 'well enough to show others')], default=2, verbose_name='how well')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='abilities', to=settings.AUTH_USER_MODEL)),
                ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='abilities', to='programme.skill')),
            ],
            options={
                'ordering': ['words'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='place in the order')),
                ('kind', models.CharField(choices=[('models', 'Role models and trades'), ('skills', 'Stock of skills'), ('mentor', 'A mentor'), ('workshops', 'Workshops'), ('training', 'Training bodies'), ('opportunities', 'Opportunities'), ('other', 'Something else')], default='other', max_length=14, verbose_name='what it leads to')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=1500, verbose_name='what to do')),
                ('after', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='opened', to='programme.step', verbose_name='opens after')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='programme.programme')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StepCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done', models.PositiveIntegerField(default=0)),
                ('skipped', models.PositiveIntegerField(default=0)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='programme.cohort')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='programme.step')),
            ],
        ),
        migrations.CreateModel(
            name='Trade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=5, unique=True, verbose_name='ROME code')),
                ('label', models.CharField(max_length=200, verbose_name='trade')),
                ('skills', models.ManyToManyField(related_name='trades', to='programme.skill')),
            ],
            options={
                'verbose_name': 'trade',
                'verbose_name_plural': 'trades',
                'ordering': ['label'],
            },
        ),
        migrations.CreateModel(
            name='TrainingBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('teaches', models.CharField(blank=True, max_length=400, verbose_name='what it teaches')),
                ('region', models.CharField(max_length=3, verbose_name='region')),
                ('town', models.CharField(blank=True, max_length=120, verbose_name='town')),
                ('site', models.URLField(blank=True, max_length=500, verbose_name='its site')),
                ('without_diploma', models.BooleanField(blank=True, null=True, verbose_name='open without a diploma')),
                ('seen_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='looked at on')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training_bodies', to='people.collective', verbose_name='collective')),
            ],
            options={
                'verbose_name': 'training body',
                'verbose_name_plural': 'training bodies',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Walk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('walking', 'on the way'), ('finished', 'at its end'), ('left', 'left it')], db_index=True, default='walking', max_length=20)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='walks', to=settings.AUTH_USER_MODEL)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='walks', to='programme.cohort')),
                ('referred_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='referred', to='programme.partner')),
            ],
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('done', 'done'), ('skipped', 'left out')], max_length=8)),
                ('word', models.CharField(blank=True, max_length=300, verbose_name='a word for yourself')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='programme.step')),
                ('walk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='programme.walk')),
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
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(fields=('collective', 'name'), name='one_partner_each'),
        ),
        migrations.AddConstraint(
            model_name='cohort',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='a_cohort_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='ability',
            constraint=models.UniqueConstraint(fields=('account', 'words'), name='one_ability_each'),
        ),
        migrations.AddConstraint(
            model_name='stepcount',
            constraint=models.UniqueConstraint(fields=('cohort', 'step'), name='one_count_each'),
        ),
        migrations.AddIndex(
            model_name='trainingbody',
            index=models.Index(fields=['collective', 'region', 'name'], name='training_by_region'),
        ),
        migrations.AddConstraint(
            model_name='trainingbody',
            constraint=models.UniqueConstraint(fields=('collective', 'name', 'town'), name='one_training_body_each'),
        ),
        migrations.AddConstraint(
            model_name='walk',
            constraint=models.UniqueConstraint(fields=('cohort', 'account'), name='one_walk_each'),
        ),
        migrations.AddConstraint(
            model_name='progress',
            constraint=models.UniqueConstraint(fields=('walk', 'step'), name='one_progress_each'),
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
