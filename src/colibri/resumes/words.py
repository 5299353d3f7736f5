"""How pages word what stands in the way of reading a CV, and what would make it better."""

from django.utils.translation import gettext_lazy as _

__all__ = ["PROBLEM_WORDS", "REMARK_WORDS", "SECTION_WORDS"]

PROBLEM_WORDS = {
    "too_big": _("This file is larger than 2.5 MB. Images are what weighs: save it without, or smaller."),
    "wrong_type": _(
        "This is neither a PDF, nor a Word file (.docx), a Europass file (.xml) or a JSON Resume. "
        "Save it as PDF."
    ),
    "old_word": _("This is an old Word file (.doc). Open it, save it as .docx or PDF, and try again."),
    "encrypted": _("This file is locked by a password. Save a copy without one, and try again."),
    "macro": _("This Word file holds a macro, and recruiters' machines refuse it. Save it as .docx or PDF."),
    "too_many_pages": _("This file has more than 12 pages: is it the right one? A CV has one or two."),
    "too_heavy": _("This file unpacks into more than a CV ever holds. Save it afresh as PDF, and try again."),
    "too_slow": _("This file takes too long to read. Save it afresh as PDF, and try again."),
    "damaged": _("This file is damaged or incomplete. Open it, save it afresh, and try again."),
    "scanned": _(
        "This file is an image: no software can read its words, and many recruiters' tools neither. "
        "Save it as PDF from the program you wrote it with."
    ),
    "empty": _("There is not a word in this file."),
    "busy": _("Several files are being read right now. Try again in a minute."),
}

REMARK_WORDS = {
    "no_email": (
        _("No e-mail address."),
        _("Who wants to meet you looks for it first. Write it in the text: software reads no images."),
    ),
    "no_phone": (
        _("No telephone number."),
        _("Many recruiters call. On a CV, unlike in a public message, it has its place."),
    ),
    "no_experience": (
        _("No heading “Experience”."),
        _("Recruiters and their software find what you did by its heading."),
    ),
    "no_sections": (
        _("Hardly any headings."),
        _("“Experience”, “Education”, “Skills”, each alone on its line: software sorts a CV by them."),
    ),
    "personal": (
        _("More about you than needed: %(about)s."),
        _("A town is enough, and nobody may ask for a date of birth."),
    ),
    "age": (_("Your age."), _("It is no criterion, and the law forbids to make it one: leave it out.")),
    "civil_status": (
        _("Family or nationality."),
        _("It says nothing of your work, and may count against you unseen: leave it out."),
    ),
    "photo": (
        _("An image, perhaps a photo."),
        _("A photo is never required, and a CV without one is judged on what it says."),
    ),
    "columns": (
        _("Columns or tables."),
        _("Some software reads across them and mixes the words. One column is safe."),
    ),
    "long": (_("%(about)s pages."), _("One, or two after long years, are read to the end.")),
    "no_dates": (
        _("No dates beside your experience."),
        _("Months and years let a reader follow your path: “03/2019 – 06/2022”."),
    ),
    "future": (_("A date that has not come yet: %(about)s."), _("A slip? A reader stops there.")),
    "gap": (
        _("Nothing is said of %(about)s."),
        _("Everybody has such times. One line (training, family, a project) answers before it is asked."),
    ),
    "overlap": (
        _("Two jobs at once: %(about)s."),
        _("If that is right, say “part time”, or how they went together."),
    ),
    "file_name": (
        _("The name of the file: %(about)s."),
        _("Among a hundred it is found by your name and trade: “cv-first-name-last-name-welder.pdf”."),
    ),
    "heavy": (_("%(about)s MB."), _("Some forms take no more than 1 MB. Smaller images help.")),
    "no_languages": (_("No languages."), _("Yours and others', with a level: A2, B1, fluent.")),
}

SECTION_WORDS = {
    "head": _("At the top"),
    "summary": _("Profile"),
    "experience": _("Experience"),
    "education": _("Education"),
    "skills": _("Skills"),
    "languages": _("Languages"),
    "interests": _("Interests"),
    "other": _("Other"),
}
