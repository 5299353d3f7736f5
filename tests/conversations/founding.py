"""Run as a program in an installation's surroundings: founds a collective whose people can come in at once.

Prints, as JSON, the session of each by their name.
"""

import json
import sys
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from colibri.config.starting import set_up


def main(*names: str) -> None:
    """Make the people named `kind:name`, each with this role in one collective; `operator:` runs the site."""
    from colibri.people.models import Account, Collective, Role  # noqa: PLC0415 only once the program is set up

    collective = Collective.objects.create(
        slug="hirondelles", name="Les Hirondelles", supporters_hashtag="h", seekers_hashtag="hR"
    )
    sessions = {}
    for kind, name in (one.split(":") for one in names):
        make = Account.objects.create_superuser if kind == "operator" else Account.objects.create_user
        account = make(f"{name}@example.org", name=name)
        if kind != "operator":
            Role.objects.create(account=account, collective=collective, kind=kind)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        sessions[name] = session.session_key
    print(json.dumps(sessions))


if __name__ == "__main__":
    set_up()
    main(*sys.argv[1:])
