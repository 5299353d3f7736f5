"""One of several processes that speak for one identity at the same moment, with tokens that are over.

    python -m tests.people.renewing prepare   # an empty database; reads the credentials from its input
    python -m tests.people.renewing post      # waits for a line, then posts once

Run in a folder of its own (COLIBRI_DATA_DIR), on a network on loopback.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colibri.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 only now, with Django set up

from colibri.networks.items import Draft  # noqa: E402
from colibri.people.actions import client_for  # noqa: E402
from colibri.people.models import Credential, Identity  # noqa: E402


def prepare(given: dict[str, dict[str, str]]) -> None:
    call_command("migrate", verbosity=0)
    identity = Identity.objects.create(network="bluesky", **given["identity"])
    Credential.objects.create(identity=identity, secret=json.dumps(given["credentials"]))


def post() -> None:
    identity = Identity.objects.select_related("credential").get()
    client = client_for(identity)
    print("ready", flush=True)
    sys.stdin.readline()
    print(client.publish(Draft("Bonjour", client.new_key())).uri, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(json.load(sys.stdin))
    else:
        post()
