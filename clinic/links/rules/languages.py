"""This file is about the languages in which she may read a form, each by its own name."""

from collections.abc import Iterable, Sequence

# Whoever reads a language looks for the name that it has in it.
OWN_NAMES = {
    "ar": "العربية",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "fi": "Suomi",
    "fr": "Français",
    "ga": "Gaeilge",
    "hi": "हिन्दी",
    "hu": "Magyar",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "lt": "Lietuvių",
    "nl": "Nederlands",
    "no": "Norsk",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "so": "Soomaali",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "zh": "中文",
}


def own_name(language: str) -> str:
    """What a language is called in it; its code where nobody knows."""
    return OWN_NAMES.get(language, language)


def in_every(languages: Iterable[Sequence[str]]) -> list[str]:
    """The languages that each scale of a form has, in the order of the first one.

    Empty when there is none to choose: a form is read in one language, from its first question on.
    """
    first, *others = [*languages] or [()]
    found = [one for one in first if all(one in other for other in others)]
    return found if len(found) > 1 else []
