import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('impact', '0001_initial'),
        ('relays', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='outcome',
            name='through',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='relays.offer', verbose_name='through which relay'),
        ),
        migrations.AddIndex(
            model_name='outcome',
            index=models.Index(fields=['told_at'], name='impact_outc_told_at_7dec40_idx'),
        ),
    ]
