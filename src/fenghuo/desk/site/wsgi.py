"""The web application that a WSGI server serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.desk.site.settings")
application = get_wsgi_application()
