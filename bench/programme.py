"""A programme's pages at 1,000 and at 10,000 people, 40 cohorts: two lines of JSON.

    python bench/programme.py [--cohorts 40] [--times 20]

For the seeker on their way, the animator looking at one cohort, the list of all cohorts and the list of
workshops: queries, and the median time of the whole request in milliseconds, SQLite on disk.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from datetime import date, timedelta
from typing import Any

FOLDER = tempfile.mkdtemp(prefix="colibri-bench-")
os.environ |= {
    "COLIBRI_DATA_DIR": FOLDER,
    "DJANGO_SETTINGS_MODULE": "colibri.config.settings",
    "COLIBRI_LOG_LEVEL": "ERROR",
}
os.mkdir(os.path.join(FOLDER, "static"))
for name in ("COLIBRI_DATABASE_URL", "COLIBRI_QUEUE_URL", "COLIBRI_SITE_URL"):
    os.environ.pop(name, None)

import django  # noqa: E402 only now, with the surroundings settled

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from colibri.people.models import Account, Collective, Role  # noqa: E402
from colibri.programme.actions import count_again, make_programme  # noqa: E402
from colibri.programme.models import Cohort, Progress, Registration, Walk, Workshop  # noqa: E402

HOST = "127.0.0.1"


def grow(collective: Collective, cohorts: list[Cohort], people: int) -> None:
    """As many people as that in all, shared out among the cohorts, each with a few steps and a workshop."""
    steps = list(cohorts[0].programme.steps.all())
    workshops = list(collective.workshops.all())
    known = Walk.objects.count()
    accounts = Account.objects.bulk_create(
        [Account(email=f"p{number}@bench.example") for number in range(known, people)], batch_size=2000
    )
    walks = Walk.objects.bulk_create(
        [Walk(cohort=cohorts[one.pk % len(cohorts)], account=one) for one in accounts], batch_size=2000
    )
    Progress.objects.bulk_create(
        [
            Progress(walk=walk, step=step, kind="skipped" if walk.pk % 7 == 0 else "done")
            for walk in walks
            for step in steps[: walk.pk % 6]
        ],
        batch_size=2000,
    )
    Registration.objects.bulk_create(
        [
            Registration(workshop=workshops[one.pk % len(workshops)], account=one, state="held")
            for one in accounts
        ],
        batch_size=2000,
    )
    for cohort in cohorts:
        count_again(cohort, [step.pk for step in steps])


def measure(client: Client, path: str, times: int) -> dict[str, Any]:
    """Queries and the median time of a page."""
    client.get(path, headers={"host": HOST})
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path, headers={"host": HOST})
    queries = len(asked)  # before the next request forgets them
    assert answer.status_code == 200, (path, answer.status_code)
    took = []
    for _ in range(times):
        began = time.perf_counter()
        client.get(path, headers={"host": HOST})
        took.append(time.perf_counter() - began)
    return {"queries": queries, "ms": round(1000 * statistics.median(took), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cohorts", type=int, default=40)
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    collective = Collective.objects.create(
        slug="bench", name="Bench", supporters_hashtag="bench", seekers_hashtag="benchR"
    )
    animator = Account.objects.create_user("a@bench.example", name="Sauge")
    Role.objects.create(account=animator, collective=collective, kind="animator")
    programme = make_programme(collective, "fr")
    days = {"begins_on": date(2026, 11, 1), "ends_on": date(2099, 3, 1)}
    cohorts = [
        Cohort.objects.create(programme=programme, name=f"Cohort {n}", places=1000, state="open", **days)
        for n in range(given.cohorts)
    ]
    soon = timezone.now() + timedelta(days=3)
    for number in range(100):
        Workshop.objects.create(
            collective=collective,
            host_name="Pic",
            title=f"Live {number}",
            learn="…",
            starts_at=soon + timedelta(hours=number),
            ends_at=soon + timedelta(hours=number + 1),
            link="https://a.example",
            places=200,
            state="agreed",
        )
    for people in (1_000, 10_000):
        grow(collective, cohorts, people)
        walk = Walk.objects.select_related("account", "cohort").order_by("pk")[0]
        seeker, runs = Client(), Client()
        seeker.force_login(walk.account)
        runs.force_login(animator)
        pages = {
            "seeker": measure(seeker, walk.cohort.get_absolute_url(), given.times),
            "animator": measure(runs, walk.cohort.get_absolute_url(), given.times),
            "all_cohorts": measure(runs, "/c/bench/programme/organise/", given.times),
            "workshops": measure(seeker, "/c/bench/workshops/", given.times),
        }
        print(json.dumps({"bench": "programme", "people": people, "cohorts": given.cohorts, **pages}))


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
