from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(blank=True, choices=[('ours', "a fault of Colibri's own: the log tells which"), ('retryable', 'no answer for now: it is tried again by itself'), ('refused', 'the other side said no'), ('gone', 'it is no longer there'), ('unauthorised', 'the account must be connected again')], editable=False, max_length=12)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('due_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('followers', models.BinaryField(default=b'')),
                ('size', models.PositiveIntegerField(default=0)),
                ('unknown', models.PositiveIntegerField(default=0)),
                ('fetched_at', models.DateTimeField(blank=True, null=True)),
                ('fetching', models.BinaryField(default=b'')),
                ('cursor', models.CharField(blank=True, max_length=500)),
                ('interactions', models.PositiveIntegerField(default=0)),
                ('posts', models.PositiveIntegerField(default=0)),
                ('hours', models.JSONField(blank=True, default=list)),
            ],
            options={
                'verbose_name': 'audience',
                'verbose_name_plural': 'audiences',
            },
        ),
    ]
