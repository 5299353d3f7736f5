"""What people type about an appeal: the message, its corrections, a reader's answer."""

import re
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from colibri.appeals.actions.posts import TEXT_MOST
from colibri.appeals.models import Appeal, Publication
from colibri.appeals.queries import occupation_label, place_named, publishing_identities, trade_named
from colibri.appeals.words import CONTRACT_WORDS, MEANT_WORDS
from colibri.compute.coaching import BLANK
from colibri.compute.reading import KINDS
from colibri.compute.reading.personal import read_personal_data
from colibri.networks.plain import plain, plain_line, web_address
from colibri.people.models import Account
from colibri.people.queries import may_act

__all__ = ["AnswerForm", "CorrectionForm", "MessageForm", "ReadingForm"]

LETTERS_LEAST = 12
STRENGTH_MOST = 60
MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")


def clean_words(text: str, *, most: int) -> str:
    """Plain words within a length. Raises `ValidationError` that says what to change."""
    text = plain(text).strip()
    if len(text) > most:
        raise forms.ValidationError(
            ngettext(
                "Your text has %(length)s characters; at most %(most)s character is kept. Please shorten it.",
                "Your text has %(length)s characters; at most %(most)s are kept. Please shorten it.",
                most,
            ),
            params={"length": len(text), "most": most},
        )
    if MARKUP.search(text):
        raise forms.ValidationError(
            _("Your text holds HTML (%(tag)s). Networks show plain text: please take it out."),
            params={"tag": MARKUP.search(text)[0][:30]},  # type: ignore[index]
        )
    letters = sum(character.isalpha() for character in text)
    if not letters:
        raise forms.ValidationError(_("Please write a few words: emoji and signs alone cannot be read."))
    if letters < LETTERS_LEAST:
        raise forms.ValidationError(_("Please write a few words more."))
    return text


def clean_strength(text: str) -> str:
    """A few words for the picture. Raises `ValidationError` where they hold what should not be public."""
    text = plain_line(text)
    if read_personal_data(text):
        raise forms.ValidationError(
            _("This would be public: please take the telephone number, address or date of birth out.")
        )
    if "://" in text or "www." in text:
        raise forms.ValidationError(_("A picture holds no links: yours has a field of its own."))
    return text


class WebField(forms.URLField):
    """An address of the web, without a name and password inside."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def clean(self, value: Any) -> str:
        url = str(super().clean(value) or "")
        if url and (web_address(url) != url or "@" in urlsplit(url).netloc):
            raise forms.ValidationError(_("Please give a plain address of a page: https://example.org/me."))
        return url


class MessageForm(forms.Form):
    """The message of somebody looking for work, as the whole world may read it."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=_(
            "Which work, where, which contract, what you are good at. It will be public: "
            "leave out your telephone number, your address and your date of birth."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        error_messages={
            "required": _("Your message is empty: write a few words about the work you look for.")
        },
    )

    def clean_text(self) -> str:
        text = clean_words(self.cleaned_data["text"], most=TEXT_MOST)
        if "do" not in self.data and BLANK.search(text):
            raise forms.ValidationError(_("Fill in the blanks (___), or take them out, before you go on."))
        return text


class ReadingForm(forms.Form):
    """What was understood of an appeal, corrected."""

    kinds: tuple[str, ...] = KINDS

    meant = forms.ChoiceField(
        label=_("Read as"),
        help_text=_("Only somebody's own search for work is relayed."),
        error_messages={"required": _("We are not sure what this message is: please say it.")},
    )
    occupation = forms.CharField(
        label=_("Trade"),
        required=False,
        max_length=120,
        help_text=_("Choose from the list, or type it in your own words."),
        widget=forms.TextInput(attrs={"list": "trades", "autocomplete": "off"}),
    )
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=80,
        help_text=_("A town, a department or a region of France. Leave it empty if you look elsewhere."),
    )
    contracts = forms.MultipleChoiceField(
        label=_("Contracts you want"),
        required=False,
        choices=list(CONTRACT_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, appeal: Appeal, initial: dict[str, Any] | None = None) -> None:
        self.appeal = appeal
        reading = appeal.understood
        read = reading.kind.value if reading is not None else "search"
        if reading is not None and "kind" in reading.questions:
            read = ""
        understood = {
            "meant": appeal.meant or read,
            "occupation": occupation_label(appeal.occupation),
            "place": appeal.place,
            "contracts": appeal.contracts,
        }
        super().__init__(data, initial=understood | (initial or {}))
        kinds = [(kind, words) for kind, words in MEANT_WORDS.items() if kind in self.kinds or kind == read]
        field = cast(forms.ChoiceField, self.fields["meant"])
        field.choices = [*([] if understood["meant"] else [("", _("Choose"))]), *kinds]

    def clean_occupation(self) -> str:
        typed = self.cleaned_data["occupation"].strip()
        if not typed:
            return ""
        code = trade_named(typed)
        if not code:
            raise forms.ValidationError(
                _("We do not know this trade yet. Choose the nearest one of the list, or leave it empty.")
            )
        return code

    def clean_place(self) -> str:
        typed = " ".join(self.cleaned_data["place"].split())
        found = place_named(typed) if typed and typed != self.appeal.place else None
        if typed and typed != self.appeal.place and found is None:
            raise forms.ValidationError(
                _("We do not know this place. Write a town and department, “Saint-Denis (93)”, or a region.")
            )
        self.region = found.region if found else (self.appeal.region if typed else "")
        return found.name if found else typed

    @property
    def changes(self) -> dict[str, Any]:
        """The columns of the appeal as corrected."""
        names = ("meant", "occupation", "place", "contracts")
        return {"region": self.region, **{name: self.cleaned_data[name] for name in names}}


class CorrectionForm(ReadingForm):
    """What its author says of an appeal, and agrees to."""

    kinds = ("search", "offer", "cause", "other")

    link = WebField(
        label=_("Your own link"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("A page where recruiters learn more or write to you: a portfolio, a profile, a CV."),
    )
    accepts_answers = forms.BooleanField(
        label=_("Readers may write to me through a form. They never see my address; I see theirs."),
        required=False,
    )
    strength_1 = forms.CharField(
        label=_("Something you are good at"),
        required=False,
        max_length=STRENGTH_MOST,
        help_text=_("A few words for your picture, seen by everybody: “Ten years of shipyards”."),
    )
    strength_2 = forms.CharField(
        label=_("Something you are proud of"), required=False, max_length=STRENGTH_MOST
    )
    publish = forms.BooleanField(required=False)
    measure_reading = forms.BooleanField(
        label=_(
            "What was understood and what I corrected may be kept, to measure how well messages are read: "
            "my words without names, links, addresses and numbers. I can take this back at any time."
        ),
        required=False,
    )
    be_relayed = forms.BooleanField(
        label=_("Yes, volunteers may relay my message from their accounts. I can end this at any time."),
        error_messages={"required": _("Without your yes nothing is relayed. Tick the box if you agree.")},
    )

    def __init__(self, data: Any = None, *, appeal: Appeal, author: Account) -> None:
        strengths = [*appeal.strengths, "", ""]
        agreed = partial(may_act, appeal.collective, account=appeal.account, identity=appeal.identity)
        initial = {
            "strength_1": strengths[0],
            "strength_2": strengths[1],
            "link": appeal.link,
            "accepts_answers": appeal.accepts_answers,
            "publish": agreed("publish_for_me"),
            "measure_reading": agreed("measure_reading"),
        }
        super().__init__(data, appeal=appeal, initial=initial)
        if appeal.state not in ("draft", "refused"):
            del self.fields["be_relayed"]
        if not author.email:
            del self.fields["accepts_answers"]  # nowhere to forward them to
        self._ask_to_publish(appeal)

    def _ask_to_publish(self, appeal: Appeal) -> None:
        ours = appeal.publications.filter(identity__collective__isnull=False, state__in=["planned", "live"])
        networks = {identity.get_network_display() for identity in publishing_identities(appeal)}
        networks |= {one.identity.get_network_display() for one in ours.select_related("identity")}
        self.own_posts: list[Publication] = list(
            appeal.publications.filter(identity__collective=None, state="live").select_related("identity")
        )
        self.nowhere = not networks and not self.own_posts
        if not networks:
            del self.fields["publish"]
            return
        self.fields["publish"].label = _(
            "Where I have no post of my own, the collective may publish my message in my name "
            "(%(networks)s). It is deleted as soon as I end it."
        ) % {"networks": ", ".join(sorted(networks))}

    def clean_strength_1(self) -> str:
        return clean_strength(self.cleaned_data["strength_1"])

    def clean_strength_2(self) -> str:
        return clean_strength(self.cleaned_data["strength_2"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("meant", "search") != "search":
            self.errors.pop("be_relayed", None)  # nothing of it is relayed
            if cleaned.get("be_relayed"):
                self.add_error(
                    "meant",
                    _("You agree to be relayed: choose “a search for work”, or take the tick below out."),
                )
            return cleaned
        if self.own_posts or "publish" not in self.fields or cleaned.get("publish"):
            return cleaned
        if self.appeal.state in ("draft", "refused"):
            self.add_error(
                "publish",
                _("You have no post of your own: without this yes there would be nothing to relay."),
            )
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """The columns of the appeal as corrected."""
        own = {name: self.cleaned_data[name] for name in ["link", "accepts_answers"] if name in self.fields}
        strengths = [self.cleaned_data["strength_1"], self.cleaned_data["strength_2"]]
        return {**super().changes, **own, "strengths": [*filter(None, strengths)]}

    @property
    def may_publish(self) -> bool | None:
        """Whether the collective may publish it, None where that was not asked."""
        return self.cleaned_data["publish"] if "publish" in self.fields else None


class AnswerForm(forms.Form):
    """A reader's words to the author of an appeal."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=200,
        help_text=_(
            "Given to this person only, so that they can answer you. We first send you a link to confirm it."
        ),
    )
    text = forms.CharField(label=_("Your words"), widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}))

    def clean_name(self) -> str:
        return plain_line(self.cleaned_data["name"])

    def clean_text(self) -> str:
        return clean_words(self.cleaned_data["text"], most=3_000)
