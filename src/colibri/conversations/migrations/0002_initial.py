import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conversations', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='begun_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begun by'),
        ),
        migrations.AddField(
            model_name='conversation',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conversations', to='people.collective'),
        ),
        migrations.AddField(
            model_name='file',
            name='conversation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='conversations.conversation'),
        ),
        migrations.AddField(
            model_name='file',
            name='sender',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keyring',
            name='account',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='keyring', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keyentry',
            name='keyring',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='conversations.keyring', verbose_name='keyring'),
        ),
        migrations.AddField(
            model_name='conversation',
            name='keyrings',
            field=models.ManyToManyField(editable=False, related_name='conversations', to='conversations.keyring'),
        ),
        migrations.AddField(
            model_name='member',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='member',
            name='conversation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='conversations.conversation'),
        ),
        migrations.AddField(
            model_name='message',
            name='conversation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='conversations.conversation'),
        ),
        migrations.AddField(
            model_name='message',
            name='sender',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='report',
            name='about',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='about whom'),
        ),
        migrations.AddField(
            model_name='report',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reported by'),
        ),
        migrations.AddField(
            model_name='report',
            name='conversation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='conversations.conversation'),
        ),
        migrations.AddField(
            model_name='wrap',
            name='keyring',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wraps', to='conversations.keyring'),
        ),
        migrations.AddConstraint(
            model_name='keyentry',
            constraint=models.UniqueConstraint(fields=('keyring', 'number'), name='one_key_entry_each'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('conversation', 'account'), name='one_part_in_a_conversation'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('conversation', 'number'), name='one_message_at_each_place'),
        ),
        migrations.AddConstraint(
            model_name='wrap',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'passkey'), _negated=True), fields=('keyring', 'kind'), name='one_wrap_of_each_kind'),
        ),
    ]
