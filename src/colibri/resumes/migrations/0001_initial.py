import colibri.common.sealing
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', colibri.common.sealing.SealedTextField()),
                ('sealed', colibri.common.sealing.SealedTextField(verbose_name='sealed file')),
                ('read', colibri.common.sealing.SealedTextField(verbose_name='sealed text')),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uploaded at')),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resumes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'CV',
                'verbose_name_plural': 'CVs',
                'ordering': ['-uploaded_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Viewer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', colibri.common.sealing.SealedTextField()),
                ('address', models.CharField(db_index=True, max_length=64)),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='viewers', to='resumes.file')),
            ],
            options={
                'verbose_name': 'viewer of a CV',
                'verbose_name_plural': 'viewers of CVs',
                'constraints': [models.UniqueConstraint(fields=('file', 'address'), name='one_row_per_viewer')],
            },
        ),
    ]
