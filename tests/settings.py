"""The settings of the tests: the program's own, in a folder of its own, whatever the shell has set."""

import atexit
import os
import shutil
import tempfile

CHOSEN_OUTSIDE = {"COLIBRI_DATABASE_URL", "COLIBRI_QUEUE_URL", "COLIBRI_REFERENCE_DATA"}

for name in [name for name in os.environ if name.startswith("COLIBRI_") and name not in CHOSEN_OUTSIDE]:
    del os.environ[name]
# Each worker of pytest-xdist has its own numbered queue in the one Redis.
if (queue := os.environ.get("COLIBRI_QUEUE_URL", "")).endswith("/0"):
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["COLIBRI_QUEUE_URL"] = f"{queue.removesuffix('0')}{number}"
# Mails wait for no morning, at whatever hour the tests are run; those of quiet hours choose their own.
os.environ["COLIBRI_QUIET_HOURS"] = "0-0"
os.environ["COLIBRI_DATA_DIR"] = folder = tempfile.mkdtemp(prefix="colibri-tests-")
os.mkdir(os.path.join(folder, "static"))
atexit.register(shutil.rmtree, folder, ignore_errors=True)

from colibri.config.settings import *  # noqa: E402, F403 - only now, with the surroundings settled
