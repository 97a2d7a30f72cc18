"""Which names people and channels may have, and when two names are the same.

A name is kept as its owner typed it (NFKC-normalised) and compared by its *key*, so that `Alice`, `alice` and a
look-alike written with Cyrillic letters are one name. The decisions, and why:

* Letters of any one script, digits, `_`, `-`, `.`. Mixing scripts within a name is refused: that is what nearly every
  look-alike attack needs (Unicode TS 39, "single script" restriction level), and hardly any honest name does. Han with
  Hiragana, Katakana, Hangul or Bopomofo counts as one script, as TS 39 has it.
* Two names with the same *skeleton* (TS 39 confusables, after case folding) are the same name: the whole-Cyrillic
  `аре` cannot stand beside the Latin `ape`.
"""

import functools
import re
import unicodedata

from .errors import BadRequest
from .limits import (
    MAX_CHANNEL_NAME,
    MAX_DISPLAY_NAME,
    MAX_EMOJI_NAME,
    MAX_NAME,
    MAX_PASSWORD_BYTES,
    MAX_ROLE_NAME,
    MIN_EMOJI_NAME,
    MIN_NAME,
    MIN_PASSWORD,
)

RESERVED = ("channel", "here")
"""What people cannot be called, because it stands for everybody behind an `@`."""
_PUNCTUATION = "_-."
_EAST_ASIAN = {"HAN", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}
_SHARED_SCRIPTS = {"COMMON", "INHERITED"}


def user_name(typed: str) -> str:
    """The form in which a person's name is kept and shown. Raises `BadRequest` with a sentence for the person."""
    name = unicodedata.normalize("NFKC", typed.strip())
    if not MIN_NAME <= len(name) <= MAX_NAME:
        raise BadRequest(f"A name has {MIN_NAME} to {MAX_NAME} characters.")
    if not all(character in _PUNCTUATION or _is_letter_or_digit(character) for character in name):
        raise BadRequest("A name is made of letters, digits, “_”, “-” and “.”.")
    if not any(unicodedata.category(character)[0] in "LN" for character in name):
        raise BadRequest("A name needs at least one letter or digit.")
    _refuse_piled_marks(name, "A name")
    if name_key(name) in RESERVED:
        raise BadRequest(f"“{name}” is no name: @{name_key(name)} means everybody. Choose another one.")
    scripts = {_script(character) for character in name} - _SHARED_SCRIPTS
    if len(scripts) > 1 and not scripts <= _EAST_ASIAN:
        raise BadRequest("A name may not mix alphabets: letters that look alike could pass for somebody else’s.")
    return name


def name_key(name: str) -> str:
    """What two names share exactly when they are too alike to stand side by side; also the key for looking one up."""
    if name.isascii():
        return name.strip().lower()
    folded = unicodedata.normalize("NFKC", name.strip()).casefold()
    return "".join(_prototype(character) for character in unicodedata.normalize("NFD", folded))


def channel_name(typed: str) -> str:
    """A channel's name as it is kept: lower case, words joined by `-`, without a leading `#`. Raises `BadRequest`."""
    words = unicodedata.normalize("NFKC", typed).strip().lstrip("#").lower().split()
    name = re.sub(r"-{2,}", "-", "-".join(words)).strip("-")
    if not name:
        raise BadRequest("Give the channel a name.")
    if len(name) > MAX_CHANNEL_NAME:
        raise BadRequest(f"A channel’s name has at most {MAX_CHANNEL_NAME} characters.")
    if not all(character in _PUNCTUATION or _is_letter_or_digit(character) for character in name):
        raise BadRequest("A channel’s name is made of letters, digits, “_”, “-” and “.”.")
    _refuse_piled_marks(name, "A channel’s name")
    return name


def role_name(typed: str) -> str:
    """A role's name as it is kept: words with one space between them. Raises `BadRequest`."""
    name = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not 1 <= len(name) <= MAX_ROLE_NAME:
        raise BadRequest(f"A role’s name has 1 to {MAX_ROLE_NAME} characters.")
    if not all(character in _PUNCTUATION + " " or _is_letter_or_digit(character) for character in name):
        raise BadRequest("A role’s name is made of letters, digits, spaces, “_”, “-” and “.”.")
    if not any(unicodedata.category(character)[0] in "LN" for character in name):
        raise BadRequest("A role’s name needs at least one letter or digit.")
    _refuse_piled_marks(name, "A role’s name")
    return name


def emoji_name(typed: str) -> str:
    """The name of an emoji of the house as it is kept: small letters, without colons. Raises `BadRequest`.

    Whether Unicode has an emoji of that name is not judged here.
    """
    name = unicodedata.normalize("NFKC", typed.strip()).strip(":").lower()
    if not MIN_EMOJI_NAME <= len(name) <= MAX_EMOJI_NAME:
        raise BadRequest(f"The name of an emoji has {MIN_EMOJI_NAME} to {MAX_EMOJI_NAME} characters.")
    if not _EMOJI_NAME.fullmatch(name):
        raise BadRequest("The name of an emoji is made of the letters a–z and digits, with “_” within: party_cat.")
    return name


def display_name(typed: str) -> str:
    """What a person wants to be called, as it is kept: one line of anything that can be seen; may be empty.

    Raises `BadRequest` with a sentence for the person. Alphabets may be mixed: whether it looks like anybody's name is
    judged by `look_alike_keys`.
    """
    name = " ".join(unicodedata.normalize("NFKC", typed).split())
    if len(name) > MAX_DISPLAY_NAME:
        raise BadRequest(f"A display name has at most {MAX_DISPLAY_NAME} characters; this one has {len(name):,}.")
    # Control characters, invisible ones, and those that turn the direction of what follows.
    if any(is_unseen(character) for character in _WITHIN_EMOJI.sub("", name)):
        raise BadRequest("A display name is made of characters that can be seen.")
    _refuse_piled_marks(name, "A display name")
    if name and not loose_key(name):
        raise BadRequest("A display name needs at least one letter or digit.")
    return name


def is_unseen(character: str) -> bool:
    """Whether nothing is to be seen of a character, but for spaces. Of emoji to come something is."""
    is_emoji = "\U0001f000" <= character <= "\U0001faff"
    return (unicodedata.category(character) in _UNSEEN and not is_emoji) or character in _BLANK


def without_turns(text: str) -> str:
    """The text without what turns the direction of whatever stands beside it: it would reach beyond the text."""
    return text.translate(_TURNS)


_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))
_EMOJI_NAME = re.compile(r"[a-z0-9][a-z0-9_]*[a-z0-9]")
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
"""Letters, marks and signs by their category, of which nothing is to be seen: a name may not be made of nothing, nor
differ from another by it."""
_WITHIN_EMOJI = re.compile(
    "(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])"
)
"""What joins several emoji to one."""
_MANY_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4}")


def loose_key(name: str) -> str:
    """What two names share that differ in nothing but spaces, signs and look-alikes: `Jane Doe` and `jane-doe`."""
    return "".join(character for character in name_key(name) if unicodedata.category(character)[0] in "LN")


def check_password(password: str) -> None:
    """Whether a new password may be used. Raises `BadRequest` with a sentence for the person."""
    if len(password) < MIN_PASSWORD:
        raise BadRequest(f"A password has at least {MIN_PASSWORD} characters.")
    if len(password.encode("utf-8", "surrogatepass")) > MAX_PASSWORD_BYTES:
        raise BadRequest(f"A password has at most {MAX_PASSWORD_BYTES} bytes (letters outside a–z take two or more).")
    if "\0" in password:
        raise BadRequest("A password cannot contain the NUL character.")


def _refuse_piled_marks(name: str, what: str) -> None:
    if _MANY_MARKS.search(unicodedata.normalize("NFD", name)):
        raise BadRequest(f"{what} may not pile up marks on one letter.")


def _is_letter_or_digit(character: str) -> bool:
    """Letters, their combining marks, and decimal digits: what can be seen of them."""
    category = unicodedata.category(character)
    if character in _BLANK or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return False
    return category[0] == "L" or category in ("Nd", "Mn", "Mc")


@functools.lru_cache(maxsize=4096)
def _script(character: str) -> str:
    from confusable_homoglyphs import categories  # here, because its tables take 40 ms to load and clients need none

    alias: str = categories.alias(character)
    return "COMMON" if character.isascii() and not character.isalpha() else alias


@functools.lru_cache(maxsize=4096)
def _prototype(character: str) -> str:
    """The Latin character that this one can be taken for, or the character itself.

    The look-alikes of lower-case ASCII stay what they are: `l` and `1` are told apart by every reader of a chat.
    """
    if character.isascii():
        return character
    from confusable_homoglyphs import confusables

    found = confusables.is_confusable(character, greedy=True, preferred_aliases=[])
    for entry in found or []:
        for other in entry["homoglyphs"]:
            glyph: str = other["c"].casefold()
            if len(glyph) == 1 and glyph.isascii() and glyph.isalnum():
                return glyph
    return character
