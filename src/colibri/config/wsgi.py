"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from colibri.config.patience import Patient

os.umask(0o077)  # as the other processes do: what is kept here is nobody else's to read
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colibri.config.settings")
application = Patient(get_wsgi_application())
