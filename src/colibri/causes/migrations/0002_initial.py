import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('appeals', '0002_initial'),
        ('causes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='ally',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='causes', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='ally',
            name='invited_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='causes.ally', verbose_name='invited by'),
        ),
        migrations.AddField(
            model_name='cause',
            name='appeal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cause', to='appeals.appeal', verbose_name='appeal'),
        ),
        migrations.AddField(
            model_name='ally',
            name='cause',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='allies', to='causes.cause', verbose_name='cause'),
        ),
        migrations.AddField(
            model_name='change',
            name='cause',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='change', to='causes.cause', verbose_name='cause'),
        ),
        migrations.AddField(
            model_name='material',
            name='cause',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='causes.cause', verbose_name='cause'),
        ),
        migrations.AddField(
            model_name='news',
            name='cause',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news', to='causes.cause', verbose_name='cause'),
        ),
        migrations.AddConstraint(
            model_name='ally',
            constraint=models.UniqueConstraint(fields=('cause', 'account'), name='one_ally_each'),
        ),
    ]
