import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('appeals', '0002_initial'),
        ('impact', '0001_initial'),
        ('people', '0001_initial'),
        ('relays', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='day',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days_counted', to='people.collective'),
        ),
        migrations.AddField(
            model_name='edition',
            name='collective',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='people.collective'),
        ),
        migrations.AddField(
            model_name='followup',
            name='appeal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='follow_up', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='appeal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='outcome', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='through',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='relays.offer', verbose_name='through which relay'),
        ),
        migrations.AddField(
            model_name='situation',
            name='appeal',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='situation', to='appeals.appeal'),
        ),
        migrations.AddField(
            model_name='told',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='impact.edition'),
        ),
        migrations.AddConstraint(
            model_name='day',
            constraint=models.UniqueConstraint(fields=('collective', 'day'), name='one_count_a_day'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('collective', 'month'), name='one_edition_a_month'),
        ),
        migrations.AddIndex(
            model_name='outcome',
            index=models.Index(fields=['told_at'], name='impact_outc_told_at_7dec40_idx'),
        ),
        migrations.AddIndex(
            model_name='told',
            index=models.Index(fields=['edition', 'measure', 'dimension'], name='impact_told_edition_0f2bb5_idx'),
        ),
    ]
