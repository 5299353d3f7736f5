"""Every sentence a person may read exists in French, and the compiled catalogue says the same."""

import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation.template import templatize

from tests import house_rules as house
from tests.house_rules import ROOT, SOURCE

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Key = tuple[str, str]  # context, message


def sentences_in(name: str, text: str) -> set[Key]:
    """What a Python file or a template asks to be translated."""
    if not name.endswith(".py"):
        text = re.sub(r"(?m)^\s+", "", templatize(text, origin=name))
    found = extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
    return {
        (context or "", message if isinstance(message, str) else message[0])
        for _line, message, _comments, context in found
    }


def translated_in(catalogue: str) -> set[Key]:
    """What has whole French: no guess of the merge tool, no half of a plural."""
    return {
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
        for message in read_po(io.StringIO(catalogue), locale="fr")
        if message.id and not message.fuzzy and message.string and all(message.string)
    }


def broken_placeholders(catalogue: str) -> list[str]:
    """Translations whose %(names)s or {names} are not those of the sentence."""
    return [
        f"{message.id!r}: {error}"
        for message in read_po(io.StringIO(catalogue), locale="fr")
        if message.id and message.string
        for error in placeholder_errors(message.id, message.string)
    ]


def placeholder_errors(sentence: str | tuple[str, ...], french: str | tuple[str, ...]) -> list[str]:
    """Placeholders French has and the sentence does not, and the other way round."""
    named = re.compile(r"%\((\w+)\)|\{(\w*)\}")
    pairs = zip([sentence], [french], strict=True) if isinstance(sentence, str) else []
    wanted = set(named.findall(sentence if isinstance(sentence, str) else " ".join(sentence)))
    forms = [french] if isinstance(french, str) else list(french)
    errors = [f"unknown placeholder in {form!r}" for form in forms if set(named.findall(form)) - wanted]
    lost = [f"lost placeholder in {there!r}" for here, there in pairs if wanted - set(named.findall(there))]
    return errors + lost


def catalogues() -> list[Path]:
    return sorted(SOURCE.rglob("locale/fr/LC_MESSAGES/django.po"))


def asked_by_the_house() -> set[Key]:
    paths = house.files_of("src", suffixes={".py", ".html", ".txt"})
    templates = set(house.template_names(SOURCE).values())
    return {
        sentence
        for path in paths
        if path.suffix == ".py" or path in templates
        for sentence in sentences_in(path.name, path.read_text(encoding="utf-8"))
    }


def test_every_sentence_has_its_french():
    french = [translated_in(path.read_text(encoding="utf-8")) for path in catalogues()]

    assert sorted(asked_by_the_house() - set().union(*french)) == []


def test_everything_in_the_administration_is_named_in_french():
    ours = [one for one in admin.site._registry if one.__module__.startswith("colibri.")]
    names = {
        f"{model._meta.label}.{field.name}": field.verbose_name
        for model in ours
        for field in model._meta.local_fields
        if not field.primary_key
    } | {model._meta.label: model._meta.verbose_name for model in ours}

    assert len(ours) > 20
    assert [name for name, word in names.items() if not isinstance(word, Promise)] == []


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: str(path.relative_to(ROOT)))
def test_french_keeps_the_placeholders(path):
    assert broken_placeholders(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_compiled_catalogue_says_what_the_written_one_says(path):
    with path.with_suffix(".mo").open("rb") as compiled:
        spoken = gettext.GNUTranslations(compiled)

    for message in read_po(io.StringIO(path.read_text(encoding="utf-8")), locale="fr"):
        if message.id and message.string and not message.fuzzy and isinstance(message.id, str):
            said = (
                spoken.pgettext(message.context, message.id)
                if message.context
                else spoken.gettext(message.id)
            )
            assert said == message.string, "run: django-admin compilemessages --locale fr"


def test_missing_guessed_and_half_sentences_are_seen():
    catalogue = """
msgid "Pause"
msgstr "Pause"

#, fuzzy
msgid "Found"
msgstr "Fondé"

msgid "one boost"
msgid_plural "%(count)s boosts"
msgstr[0] "un don"
msgstr[1] ""
"""
    asked = sentences_in(
        "page.html", '{% load i18n %}<p title="{% translate "Found" %}">{% translate "New" %}</p>'
    )
    asked |= sentences_in(
        "views.py", "x = gettext('Pause')\ny = ngettext('one boost', '%(count)s boosts', 2)"
    )
    asked |= sentences_in(
        "b.html", "{% load i18n %}  {% blocktranslate with n=1 %}Hi {{ n }}{% endblocktranslate %}"
    )

    assert sorted(asked - translated_in(catalogue)) == [
        ("", "Found"),
        ("", "Hi %(n)s"),
        ("", "New"),
        ("", "one boost"),
    ]


def test_a_lost_or_invented_placeholder_is_seen():
    assert len(broken_placeholders('msgid "Hi %(name)s"\nmsgstr "Salut %(nom)s"\n')) == 2
    assert broken_placeholders('msgid "Hi %(name)s"\nmsgstr "Salut %(name)s"\n') == []
