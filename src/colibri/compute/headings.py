"""The words a CV is written with where its document holds only codes, in French and in English.

The process that opens files reads it too, so it needs the standard library alone.
"""

from collections.abc import Mapping

__all__ = ["words_in"]

_WORDS = {
    "fr": {
        "summary": "Profil",
        "work": "Expériences",
        "education": "Formation",
        "certifications": "Certifications",
        "skills": "Compétences",
        "languages": "Langues",
        "projects": "Projets",
        "interests": "Centres d’intérêt",
        "licences": "Permis",
        "today": "aujourd’hui",
        "born": "Date de naissance",
        "native": "langue maternelle",
        "to": "à",
        "colon": " : ",
        "fr": "Français", "en": "Anglais", "es": "Espagnol", "de": "Allemand", "it": "Italien",
        "pt": "Portugais", "ar": "Arabe", "zh": "Chinois", "ru": "Russe", "tr": "Turc", "uk": "Ukrainien",
        "pl": "Polonais", "ro": "Roumain", "nl": "Néerlandais", "ja": "Japonais", "br": "Breton",
        "oc": "Occitan",
    },
    "en": {
        "summary": "Profile",
        "work": "Experience",
        "education": "Education",
        "certifications": "Certifications",
        "skills": "Skills",
        "languages": "Languages",
        "projects": "Projects",
        "interests": "Interests",
        "licences": "Driving licence",
        "today": "today",
        "born": "Date of birth",
        "native": "native",
        "to": "to",
        "colon": ": ",
        "fr": "French", "en": "English", "es": "Spanish", "de": "German", "it": "Italian",
        "pt": "Portuguese", "ar": "Arabic", "zh": "Chinese", "ru": "Russian", "tr": "Turkish",
        "uk": "Ukrainian", "pl": "Polish", "ro": "Romanian", "nl": "Dutch", "ja": "Japanese", "br": "Breton",
        "oc": "Occitan",
    },
}  # fmt: skip


def words_in(*languages: str) -> Mapping[str, str]:
    """Headings, languages by their code and small words, in the first language known, else in French."""
    return next((_WORDS[one[:2]] for one in languages if one[:2] in _WORDS), _WORDS["fr"])
