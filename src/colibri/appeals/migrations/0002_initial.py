import django.db.models.deletion
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
        migrations.AddField(
            model_name='appeal',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='appeals', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appeal',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appeals', to='people.collective'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='identity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='appeals', to='people.identity'),
        ),
        migrations.AddField(
            model_name='answer',
            name='appeal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='correction',
            name='appeal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='correction', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='correction',
            name='consent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.consent'),
        ),
        migrations.AddField(
            model_name='decision',
            name='appeal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='decision',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='message',
            name='appeal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='note',
            name='appeal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='note',
            name='identity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.identity'),
        ),
        migrations.AddField(
            model_name='publication',
            name='appeal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='publications', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='publication',
            name='identity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='publications', to='people.identity'),
        ),
        migrations.AddField(
            model_name='share',
            name='appeal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='appeals.appeal'),
        ),
        migrations.AddIndex(
            model_name='appeal',
            index=models.Index(fields=['collective', 'state', 'created_at'], name='appeals_app_collect_b36d36_idx'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'search'), models.Q(('state__in', ['closed', 'refused']), _negated=True), ('account__isnull', False)), fields=('collective', 'account'), name='one_open_appeal_per_account'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'search'), models.Q(('state__in', ['closed', 'refused']), _negated=True), ('identity__isnull', False)), fields=('collective', 'identity'), name='one_open_appeal_per_identity'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('appeal', 'version'), name='one_message_per_version'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.UniqueConstraint(fields=('appeal', 'kind'), name='one_note_of_each_kind'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['beside', 'gone']), _negated=True), fields=('appeal', 'network', 'instead'), name='one_publication_per_network'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(condition=models.Q(('uri', ''), _negated=True), fields=('uri',), name='one_publication_per_post'),
        ),
    ]
