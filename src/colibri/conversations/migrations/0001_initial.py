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
            name='Conversation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('state', models.CharField(choices=[('proposed', 'waits for a yes'), ('open', 'open'), ('closed', 'over')], db_index=True, default='proposed', max_length=20)),
                ('length', models.PositiveIntegerField(default=0, verbose_name='messages in all')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last message at')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'conversation',
                'verbose_name_plural': 'conversations',
                'ordering': ['-last_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('sealed', models.BinaryField()),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent at')),
            ],
        ),
        migrations.CreateModel(
            name='KeyEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('document', models.TextField()),
                ('digest', models.CharField(max_length=64, verbose_name='digest')),
                ('signature', models.CharField(max_length=128, verbose_name='signature')),
                ('endorsement', models.CharField(blank=True, max_length=128, verbose_name='signature by the key before')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'public key',
                'verbose_name_plural': 'public keys',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Keyring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=functools.partial(secrets.token_urlsafe, *(8,), **{}), max_length=16, unique=True)),
                ('vault', models.TextField(blank=True, verbose_name='secret keys, encrypted by their owner')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'keyring',
                'verbose_name_plural': 'keyrings',
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('invited', 'was asked'), ('in', 'takes part'), ('declined', 'said no'), ('left', 'left')], db_index=True, default='invited', max_length=20)),
                ('read_to', models.PositiveIntegerField(default=0, verbose_name='read up to')),
                ('muted', models.BooleanField(default=False, verbose_name='no mails')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'member of a conversation',
                'verbose_name_plural': 'members of conversations',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('sender_key', models.CharField(max_length=16, verbose_name='keyring of the sender')),
                ('sealed', models.BinaryField()),
                ('digest', models.CharField(max_length=64, verbose_name='digest')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent at')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased at')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shown', colibri.common.sealing.SealedTextField()),
                ('word', colibri.common.sealing.SealedTextField()),
                ('proved', models.BooleanField(default=False, verbose_name='signatures hold')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'report of a conversation',
                'verbose_name_plural': 'reports of conversations',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Wrap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('passkey', 'a passkey'), ('passphrase', 'six words'), ('code', 'a printed code')], max_length=10)),
                ('sealed', models.TextField(verbose_name='key of the vault, encrypted by its owner')),
                ('hint', models.CharField(blank=True, max_length=1000, verbose_name='which passkey')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'way to open',
                'verbose_name_plural': 'ways to open',
                'ordering': ['made_at', 'pk'],
            },
        ),
    ]
