"""Small words templates use."""

from django import template

from colibri.people.queries import veiled

register = template.Library()
register.filter("veiled", veiled)
