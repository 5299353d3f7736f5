"""The letters of this room are known to the worker."""

from colibri.people.letters import register
from colibri.resumes.mails import cv_shown

register("cv_shown", "helping", cv_shown)
