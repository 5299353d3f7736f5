"""What the script of conversation pages says, in the reader's language."""

from django.utils.translation import gettext as _

__all__ = ["script_words"]


def script_words() -> dict[str, str]:
    """Each sentence by the name the script has for it."""
    return {**_of_keys(), **_of_talking(), **_of_faults()}


def _of_keys() -> dict[str, str]:
    return {
        "way_passkey": _("A passkey: the lock of a phone, a computer or a security key"),
        "way_passphrase": _("Six words"),
        "way_code": _("A printed code"),
        "way_made": _("This way opens your keys. You need two: whoever loses one still has the other."),
        "way_added": _("From now on this opens your keys too. Former words or a former code no longer do."),
        "way_removed": _("This no longer opens your keys."),
        "remove": _("Remove"),
        "passkey_name": _("Colibri conversations"),
        "passkey_failed": _("This device or browser could not do it with a passkey. Choose another way."),
        "words_differ": _("These are not the six words above. Look once more."),
        "code_differs": _("This is not the code above. Look once more."),
        "wrong_secret": _(
            "This does not open your keys. Check the words or the code, or choose another way."
        ),
        "opening": _("Opening… this may take a few seconds on a small device."),
        "keys_made": _("Your keys are made. They are open on this device for twelve hours."),
        "keys_renewed": _("Your keys are new. Those you talk with are told; older messages stay readable."),
        "changed_elsewhere": _("Your keys were changed on another device. Reload this page and try again."),
        "closed": _("Your keys are closed on this device."),
        "not_sent": _(
            "The site cannot be reached just now. Nothing you wrote is lost: try again in a moment."
        ),
    }


def _of_talking() -> dict[str, str]:
    return {
        "me": _("You"),
        "gone": _("Somebody who left this site"),
        "unreadable": _(
            "This cannot be opened with your keys: it was sealed to others, or to keys you lost."
        ),
        "erased": _("Erased by whoever wrote it."),
        "erase": _("Erase"),
        "show_this": _("Show this one"),
        "save_file": _("Save “{name}” ({size} KB)"),
        "nothing": _("Write something first, or choose a file."),
        "accept_first": _("First look at the note about new keys, further up."),
        "left": _("No longer here: {names}. What you write now is not sealed to them."),
        "compared": _("You compared this number: it is really them."),
        "same_number": _("We have the same number"),
        "changed_keys": _(
            "{name} has other keys since {day}, and the former ones do not vouch for them: perhaps they "
            "lost what opened them, perhaps somebody acts in their name. Ask {name} in another way and "
            "compare the number below."
        ),
        "renewed_keys": _("{name} renewed their keys on {day}; the former ones vouch for the new."),
        "go_on": _("I understood: go on"),
        "choose_one_sender": _("Choose at least one message, all of the same person."),
        "reported": _("Thank you. The animators see what you chose, and nothing else."),
        "refused_busy": _("Others write faster than this could be sent. Please try again."),
        "refused_closed": _("Nobody can write here any more: somebody left or keeps apart."),
        "refused_large": _(
            "This is too large: texts up to 10,000 characters, files up to 5 MB, 100 MB in all."
        ),
        "refused_often": _("That was very much in an hour. Please wait a while; nothing is lost."),
        "refused_signed_out": _(
            "You are no longer signed in. Your draft is kept, encrypted, on this device."
        ),
    }


def _of_faults() -> dict[str, str]:
    advice = _(
        "Do not write anything here that others must not read. Tell the other person by another way, a call "
        "for example, and the people who run this site."
    )
    faults = {
        "log": _("The keys the site shows for {name} do not follow from one another."),
        "own": _("The site shows others keys for you that are not yours."),
        "forged": _("Message {number} was not signed by the person it is said to come from."),
        "missing": _("Message {number} is missing, or was emptied though nobody erased it."),
        "replayed": _("Message {number} stands where another message belongs."),
        "moved": _("Message {number} does not follow the one before it: the order was changed."),
        "rewritten": _("Message {number} is not the one you saw before."),
        "rolled_back": _("The site shows fewer messages than you have already seen."),
        "joined": _("Somebody reads along who was not part of this conversation."),
        "swapped": _("The keys the site shows for {name} are not those known before."),
        "swapped_mine": _("Somebody was given keys in your name that are not yours."),
        "file": _("The file “{number}” is not the one that was sent."),
    }
    return {f"fault_{code}": f"{words} {advice}" for code, words in faults.items()}
