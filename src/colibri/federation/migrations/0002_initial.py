import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('appeals', '0002_initial'),
        ('federation', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='identity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='people.identity'),
        ),
        migrations.AddField(
            model_name='actorkey',
            name='identity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='people.identity'),
        ),
        migrations.AddField(
            model_name='announcement',
            name='appeal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='announcement', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='announcement',
            name='identity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='announcements', to='people.identity'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='federation.activity'),
        ),
        migrations.AddField(
            model_name='flag',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='people.collective'),
        ),
        migrations.AddField(
            model_name='follower',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='people.collective'),
        ),
        migrations.AddField(
            model_name='following',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followings', to='people.collective'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='people.collective'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='identity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='people.identity'),
        ),
        migrations.AddField(
            model_name='following',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followed', to='federation.remoteactor'),
        ),
        migrations.AddField(
            model_name='follower',
            name='actor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='federation.remoteactor'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='server',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='federation.server'),
        ),
        migrations.AddField(
            model_name='shelf',
            name='collective',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='shelf', to='people.collective'),
        ),
        migrations.AddField(
            model_name='source',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='people.collective'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['identity', 'public', '-made_at'], name='federation__identit_fff982_idx'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('identity', 'key'), name='one_activity_per_key'),
        ),
        migrations.AddConstraint(
            model_name='actorkey',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('identity',), name='one_current_key'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('collective', 'identity', 'kind'), name='one_invitation_each'),
        ),
        migrations.AddConstraint(
            model_name='following',
            constraint=models.UniqueConstraint(fields=('collective', 'actor'), name='one_following_each'),
        ),
        migrations.AddConstraint(
            model_name='follower',
            constraint=models.UniqueConstraint(fields=('collective', 'actor'), name='one_follow_each'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['server', 'state', 'tries'], name='federation__server__86a2f5_idx'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('activity', 'inbox'), name='one_delivery_per_inbox'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('collective', 'network', 'server'), name='one_source_per_place'),
        ),
    ]
