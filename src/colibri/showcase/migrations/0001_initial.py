import colibri.common.sealing
import colibri.showcase.models.following
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
            name='StayOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'wish to be on no list',
                'verbose_name_plural': 'wishes to be on no list',
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('byline', models.CharField(max_length=80, verbose_name='your name as readers see it')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('summary', models.CharField(max_length=280, verbose_name='in a sentence')),
                ('text', models.TextField(max_length=20000, verbose_name='text')),
                ('step', models.CharField(choices=[('start', 'Begin to search'), ('message', "Write one's message"), ('profile', 'Be found: profiles and networks'), ('cv', 'CV and letter'), ('interview', 'Interviews'), ('training', "Learn, change one's trade"), ('rights', 'Rights and support'), ('hold', 'Hold on'), ('new_job', 'The first weeks of a new job')], max_length=12, verbose_name='it helps to')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], default='fr', max_length=5, verbose_name='language')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'waits for an animator'), ('planned', 'will be published'), ('published', 'published')], db_index=True, default='draft', max_length=20)),
                ('remark', models.CharField(blank=True, max_length=1000, verbose_name='a word to the author')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed at')),
                ('published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='published at')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='people.collective')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
                'ordering': ['-published_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('url', models.URLField(max_length=500, verbose_name='address of the feed')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('etag', models.CharField(blank=True, editable=False, max_length=200, verbose_name='mark of its version')),
                ('modified', models.CharField(blank=True, editable=False, max_length=60, verbose_name='changed last')),
                ('fetched_at', models.DateTimeField(blank=True, null=True)),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='feeds', to='people.collective')),
            ],
            options={
                'verbose_name': 'feed',
                'verbose_name_plural': 'feeds',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, verbose_name='key')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('link', models.URLField(max_length=500, verbose_name='address')),
                ('summary', models.CharField(blank=True, max_length=400, verbose_name='in a sentence')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='found at')),
                ('state', models.CharField(choices=[('new', 'new'), ('passed', 'passed on'), ('left', 'left aside')], db_index=True, default='new', max_length=20)),
                ('word', models.CharField(blank=True, max_length=400, verbose_name='why it is worth reading')),
                ('step', models.CharField(blank=True, choices=[('start', 'Begin to search'), ('message', "Write one's message"), ('profile', 'Be found: profiles and networks'), ('cv', 'CV and letter'), ('interview', 'Interviews'), ('training', "Learn, change one's trade"), ('rights', 'Rights and support'), ('hold', 'Hold on'), ('new_job', 'The first weeks of a new job')], max_length=12, verbose_name='it helps to')),
                ('passed_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='passed on at')),
                ('passed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='passed on by')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='showcase.feed')),
            ],
            options={
                'verbose_name': 'entry',
                'verbose_name_plural': 'entries',
            },
        ),
        migrations.CreateModel(
            name='FollowList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('byline', models.CharField(max_length=80, verbose_name='your name as readers see it')),
                ('title', models.CharField(max_length=50, verbose_name='title')),
                ('summary', models.CharField(max_length=280, verbose_name='in a sentence')),
                ('family', models.CharField(blank=True, choices=[('A', 'Farming, sea, nature, animals'), ('B', 'Arts and crafts'), ('C', 'Banking, insurance, property'), ('D', 'Shops and sales'), ('E', 'Communication, media, digital publishing'), ('F', 'Building and public works'), ('G', 'Hotels, restaurants, tourism, leisure'), ('H', 'Industry'), ('I', 'Installation and maintenance'), ('J', 'Health'), ('K', 'Services to people and communities, teaching, social work'), ('L', 'Stage, screen and sport'), ('M', 'Office, management, computing'), ('N', 'Transport and logistics')], max_length=1, verbose_name='kind of trade')),
                ('region', models.CharField(blank=True, max_length=2, verbose_name='region')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], default='fr', max_length=5, verbose_name='language')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'waits for an animator'), ('shown', 'public')], db_index=True, default='draft', max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed at')),
                ('shown_at', models.DateTimeField(blank=True, null=True, verbose_name='shown at')),
                ('on_bluesky_at', models.DateTimeField(blank=True, null=True, verbose_name='on Bluesky since')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_lists', to='people.collective')),
                ('maker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='follow_lists', to=settings.AUTH_USER_MODEL, verbose_name='maker')),
            ],
            options={
                'verbose_name': 'list of people to follow',
                'verbose_name_plural': 'lists of people to follow',
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Listed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('place', models.CharField(choices=colibri.showcase.models.following._places, max_length=20, verbose_name='where')),
                ('address', models.CharField(max_length=300, verbose_name='handle or address')),
                ('actor_id', models.CharField(blank=True, max_length=300)),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                ('word', models.CharField(blank=True, max_length=200, verbose_name='why they are worth following')),
                ('email', colibri.common.sealing.SealedTextField(blank=True, null=True)),
                ('key', models.CharField(blank=True, max_length=100)),
                ('state', models.CharField(choices=[('new', 'not told yet'), ('told', 'told'), ('by_hand', 'to be told by you'), ('failed', 'cannot be found there')], db_index=True, default='new', max_length=20)),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='told at')),
                ('follow_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='showcase.followlist')),
            ],
            options={
                'verbose_name': 'person listed',
                'verbose_name_plural': 'people listed',
            },
        ),
        migrations.CreateModel(
            name='Portrait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('email', colibri.common.sealing.SealedTextField(blank=True, null=True)),
                ('kind', models.CharField(choices=[('search', 'looks for work'), ('model', 'shows the way')], default='search', max_length=8, verbose_name='the person told')),
                ('name', models.CharField(max_length=60, verbose_name='name as readers see it')),
                ('trade', models.CharField(max_length=80, verbose_name='trade')),
                ('family', models.CharField(blank=True, choices=[('A', 'Farming, sea, nature, animals'), ('B', 'Arts and crafts'), ('C', 'Banking, insurance, property'), ('D', 'Shops and sales'), ('E', 'Communication, media, digital publishing'), ('F', 'Building and public works'), ('G', 'Hotels, restaurants, tourism, leisure'), ('H', 'Industry'), ('I', 'Installation and maintenance'), ('J', 'Health'), ('K', 'Services to people and communities, teaching, social work'), ('L', 'Stage, screen and sport'), ('M', 'Office, management, computing'), ('N', 'Transport and logistics')], db_index=True, max_length=1, verbose_name='kind of trade')),
                ('region', models.CharField(blank=True, db_index=True, max_length=2, verbose_name='region')),
                ('summary', models.CharField(max_length=200, verbose_name='in a sentence')),
                ('way', models.TextField(blank=True, max_length=2000, verbose_name='What have you done so far?')),
                ('strength', models.TextField(blank=True, max_length=2000, verbose_name='What do you do well, and what are you proud of?')),
                ('hope', models.TextField(blank=True, max_length=2000, verbose_name='What would you like to do tomorrow?')),
                ('hand', models.TextField(blank=True, max_length=2000, verbose_name='What helps you, or would help you?')),
                ('word', models.TextField(blank=True, max_length=2000, verbose_name='What would you say to somebody in your place?')),
                ('link', models.CharField(blank=True, max_length=300, verbose_name='a page of their own')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], default='fr', max_length=5, verbose_name='language')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('asked', 'waits for the person it tells'), ('agreed', 'waits for an animator'), ('shown', 'public'), ('unlisted', 'taken off')], db_index=True, default='draft', max_length=20)),
                ('remark', models.CharField(blank=True, max_length=1000, verbose_name='a word to the author')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('agreed_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='version agreed to')),
                ('looked_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='version an animator wrote')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed at')),
                ('shown_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='shown at')),
                ('found_at', models.DateTimeField(blank=True, null=True, verbose_name='work found at')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='portraits_told', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('collective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='portraits', to='people.collective')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='portraits', to=settings.AUTH_USER_MODEL, verbose_name='person told')),
            ],
            options={
                'verbose_name': 'portrait',
                'verbose_name_plural': 'portraits',
                'ordering': ['-shown_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alt', models.CharField(max_length=300, verbose_name='what the picture shows')),
                ('wide', models.BinaryField()),
                ('small', models.BinaryField()),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=16)),
                ('portrait', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='picture', to='showcase.portrait')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
            },
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.UniqueConstraint(fields=('collective', 'url'), name='one_feed_each'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('feed', 'key'), name='one_entry_each'),
        ),
        migrations.AddConstraint(
            model_name='listed',
            constraint=models.UniqueConstraint(fields=('follow_list', 'place', 'address'), name='listed_once_each'),
        ),
    ]
