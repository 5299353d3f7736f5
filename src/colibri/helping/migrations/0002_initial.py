import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('helping', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='giving',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='givings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='giving',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='givings', to='people.collective'),
        ),
        migrations.AddField(
            model_name='helprequest',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='help_requests', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='helprequest',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='help_requests', to='people.collective'),
        ),
        migrations.AddField(
            model_name='helprequest',
            name='giving',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='helping.giving'),
        ),
        migrations.AddField(
            model_name='mentorship',
            name='request',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mentorship', to='helping.helprequest'),
        ),
        migrations.AddField(
            model_name='nextstep',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='nextstep',
            name='mentorship',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='helping.mentorship'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='giving',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='helping.giving'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='helping.helprequest'),
        ),
        migrations.AddField(
            model_name='remark',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remark',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='helping.helprequest'),
        ),
        migrations.AddConstraint(
            model_name='giving',
            constraint=models.UniqueConstraint(fields=('account', 'collective'), name='one_giving_per_account'),
        ),
        migrations.AddIndex(
            model_name='helprequest',
            index=models.Index(fields=['collective', 'state'], name='helping_hel_collect_b4ef17_idx'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'closed'), _negated=True), fields=('collective', 'account', 'kind'), name='one_open_request_of_each_kind'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('request', 'giving'), name='nobody_is_asked_twice'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('request',), name='one_helper_asked_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'accepted')), fields=('request',), name='one_helper_helps'),
        ),
    ]
