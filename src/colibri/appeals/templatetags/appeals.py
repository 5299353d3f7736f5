"""Small words templates use."""

from django import template

from colibri.appeals.queries import occupation_label

register = template.Library()
register.filter("trade", occupation_label)
