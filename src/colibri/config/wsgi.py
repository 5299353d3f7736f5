"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # as the other processes do: what is kept here is nobody else's to read
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colibri.config.settings")
application = get_wsgi_application()
