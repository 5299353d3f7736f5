"""Why official data cannot be used and what to do, in sentences."""

from django.utils.translation import gettext_lazy as _

from colibri.reference.official import Unusable

__all__ = ["REASONS", "say"]

REASONS = {
    "no_file": _("{file} is neither a file nor a folder that can be read; give the path of the files."),
    "bad_zip": _("{file} is no whole zip file; fetch it again."),
    "too_large": _("{file} is larger than any of these files has reason to be."),
    "no_table": _("No file of the table “{table}” was found: its name holds one of {names}."),
    "empty": _("{file} is empty; fetch it again."),
    "not_utf8": _("{file} is not UTF-8; save it as UTF-8."),
    "no_csv": _("{file} cannot be read as a table at line {line}."),
    "no_column": _(
        "{file} has no column “{column}”, only {heads}. The publisher changed the file: a newer Colibri "
        "may know it."
    ),
    "short_row": _("{file} has too few values at line {line}; fetch it again."),
    "bad_value": _("{file} says “{value}” in column “{column}” at line {line}, which cannot be."),
    "too_few": _("{file} has only {rows} rows where at least {least} are expected; fetch it again."),
    "shrunk": _("There are {rows} rows where there were {former}. If that is right, say so with --force."),
    "wrong_sum": _("{file} is not what was published: its checksum is another. Fetch it again."),
}


def say(fault: Unusable) -> str:
    """The sentence of a fault."""
    return str(REASONS[fault.reason]).format(**fault.words)
