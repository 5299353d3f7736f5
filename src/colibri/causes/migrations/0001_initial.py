import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Ally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('named', models.BooleanField(default=False, verbose_name='my name may stand on the public page')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('out_since', models.DateTimeField(blank=True, null=True, verbose_name='taken out of the group since')),
            ],
            options={
                'verbose_name': 'ally',
                'verbose_name_plural': 'allies',
                'ordering': ['since', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Cause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.CharField(max_length=200, verbose_name='what is to be reached')),
                ('story', models.TextField(max_length=10000, verbose_name='the story')),
                ('needs', models.TextField(blank=True, max_length=600, verbose_name='what is needed now')),
                ('media_contact', models.CharField(blank=True, max_length=200, verbose_name='contact for the press, public')),
                ('deadline', models.DateField(verbose_name='the date that counts')),
                ('told', models.TextField(blank=True, max_length=2000, verbose_name='how it ended')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked how it ended at')),
            ],
            options={
                'verbose_name': 'cause',
                'verbose_name_plural': 'causes',
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.CharField(max_length=200, verbose_name='what is to be reached')),
                ('story', models.TextField(max_length=10000, verbose_name='the story')),
                ('needs', models.TextField(blank=True, max_length=600, verbose_name='what is needed now')),
                ('media_contact', models.CharField(blank=True, max_length=200, verbose_name='contact for the press, public')),
                ('declined', models.BooleanField(default=False, verbose_name='an animator said no')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
            ],
            options={
                'verbose_name': "change of a cause's words",
                'verbose_name_plural': "changes of causes' words",
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(choices=[('any', 'a message for any network'), ('short', 'a short message (300 characters)'), ('linkedin', 'a message for LinkedIn'), ('mail', 'a mail to send on'), ('press', 'a text for the press')], max_length=10, verbose_name='what it is')),
                ('text', models.TextField(max_length=4000, verbose_name='text')),
            ],
            options={
                'verbose_name': 'material',
                'verbose_name_plural': 'material',
                'ordering': ['place', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='what is new')),
                ('public', models.BooleanField(default=True, verbose_name='for everybody')),
                ('waits', models.BooleanField(default=False, verbose_name='waits for an animator')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
            ],
            options={
                'verbose_name': 'piece of news',
                'verbose_name_plural': 'news',
                'ordering': ['-written_at', '-pk'],
            },
        ),
    ]
