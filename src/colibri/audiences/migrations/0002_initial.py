import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audiences', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='audience',
            name='identity',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='audience', to='people.identity'),
        ),
    ]
