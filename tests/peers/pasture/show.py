"""Prints every input of the pasture as a line of JSON: the name of its group, and what it sets in an object.

Only the inputs are wanted: what sends them elsewhere, and the servers that would need, is left out.
"""

import json
import sys
from types import ModuleType

for name, left_out in (
    ("fediverse_pasture", ()),
    ("fediverse_pasture.runner", ("ActivitySender",)),
    ("fediverse_pasture.runner.entry", ("Entry",)),
):
    module = ModuleType(name)
    for one in left_out:
        setattr(module, one, object)
    sys.modules[name] = module

from fediverse_pasture_inputs import available  # noqa: E402 only now, with the rest left out

for group in sorted(available):
    for example in available[group].examples:
        print(json.dumps([group, example]))
