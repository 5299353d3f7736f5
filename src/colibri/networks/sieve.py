"""Which of many JSON events may carry one of a few hashtags, told without parsing them.

A sieve lets through every event that carries one, however it is spelt: any letter case, accents or
none, composed or not, fullwidth, raw UTF-8 or JSON's escapes. What it lets through may still not carry
any: it is parsed and asked again with `hashtags.carries`. What it holds back certainly does not.

Method, in two steps. First a sign that an event may carry any hashtag at all: a # that begins a word, plain
or fullwidth, an escape that may spell one, or a name that begins with "tag". This compares many bytes at
once, and most events show none. Then, in the others, each hashtag is looked for by the rarest pair of
neighbouring letters in it: wherever two neighbouring bytes may be a spelling of such a pair (a table of
65,536 answers), the characters before and behind are folded by a second table and compared. What spells
letters with escapes is read slowly.
"""

from collections.abc import Collection
from functools import cache

import numba
import numpy as np
from numpy.typing import NDArray

from colibri.networks.hashtags import fold

__all__ = ["Sieve"]

Bytes = NDArray[np.uint8]
CODES = 0x110000
IGNORED, MANY = 0, CODES
"""A mark that folds to nothing; a character that folds to several."""
_SHORTEST = 2
_EVERYDAY = (
    '{"did":"did:plc:","time_us":,"kind":"commit","commit":{"rev":"","operation":"create","collection":'
    '"app.bsky.feed.post","rkey":"","record":{"$type":"app.bsky.feed.post","createdat":"","langs":["fr","en"],'
    '"facets":[{"features":[{"$type":"app.bsky.richtext.facet#tag","tag":""}],"index":{"byteend":,"bytestart":'
    '}}],"reply":{"parent":{"cid":"","uri":"at://did:plc:"},"root":{}},"text":""},"cid":"bafyrei"}'
    " les que de pour dans est une qui pas avec vous nous plus comme tout the and that with have this you"
).casefold()
"""What every event says, and the words most posts use."""
_COMMON = "qwzkxjyvfbhgpmdculonrtisae"
"""From the rarest letter of French and English text to the commonest; what is not here is rarer."""


@cache
def _folded() -> NDArray[np.int32]:
    """For each code point the one it folds to, or `IGNORED`, or `MANY`."""
    table = np.arange(CODES, dtype=np.int32)
    for first, behind in _FOLDING:
        for code in range(first, behind):
            letters = fold("x" + chr(code))[1:]  # behind a letter, since a leading # is not part of a hashtag
            table[code] = MANY if len(letters) > 1 else ord(letters) if letters else IGNORED
    table[0xAC00:0xD7A4] = MANY  # Korean syllables
    return table


_FOLDING = ((0x41, 0x3400), (0xA000, 0xAC00), (0xF900, 0x20000), (0x2F800, 0x2FA20))
"""Where characters may fold to others: not ideographs, surrogates or private use (Unicode 15)."""


class Sieve:
    """Holds back the events that certainly carry none of the hashtags.

    Raises `ValueError` for a hashtag of fewer than two characters: it would let nearly everything through.
    """

    def __init__(self, hashtags: Collection[str]) -> None:
        folded = sorted({fold(hashtag) for hashtag in hashtags})
        if not folded or any(len(one) < _SHORTEST for one in folded):
            raise ValueError("hashtags of two characters and more are needed")
        table = _folded()
        probes = [_rarest_pair(one) for one in folded]
        wanted = np.zeros(CODES, dtype=np.bool_)
        wanted[[ord(letter) for one in folded for letter in one]] = True
        self._tables = (
            _pairs(
                {one[probe : probe + 2] for one, probe in zip(folded, probes, strict=True)},
                {letter for one in folded for letter in one},
                table,
            ),
            table,
            wanted,
            np.array([ord(letter) for one in folded for letter in one], dtype=np.int32),
            np.cumsum([0, *(len(one) for one in folded)]).astype(np.int32),
            np.array(probes, dtype=np.int32),
        )

    def passes(self, event: bytes) -> bool:
        """Whether one event, a JSON text in UTF-8, may carry a hashtag."""
        return bool(self.lines(event.replace(b"\n", b" ")))

    def lines(self, events: bytes) -> list[bytes]:
        """Of events that stand one on each line, those that may carry a hashtag, in their order."""
        read = np.frombuffer(events, dtype=np.uint8)
        return [events[first:end] for first, end in _lines(read, *self._tables).tolist()]


def _rarest_pair(folded: str) -> int:
    """Where the pair of neighbouring letters begins that everyday text shows least."""
    common = [_COMMON.find(letter) for letter in folded]
    return min(
        range(len(folded) - 1),
        key=lambda place: (_EVERYDAY.count(folded[place : place + 2]), common[place] + common[place + 1]),
    )


def _pairs(probes: set[str], wanted: set[str], table: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which two neighbouring bytes may stand where a probe's two letters meet, or ask for a slow reading."""
    pairs = np.zeros((256, 256), dtype=np.bool_)
    _, mark_ends = _ends(np.flatnonzero(table == IGNORED))
    for probe in probes:
        left, right = probe[0], probe[1]
        _, before = _ends(np.flatnonzero(table == ord(left)))
        behind, _ = _ends(np.flatnonzero(table == ord(right)))
        for byte in before | mark_ends:
            pairs[byte, sorted(behind)] = True
    pairs[ord("\\"), ord("u")] = True
    for code in np.flatnonzero(table == MANY).tolist():
        if wanted & set(fold("x" + chr(code))[1:]):
            pairs[chr(code).encode()[-2], chr(code).encode()[-1]] = True
    return pairs.reshape(-1)


def _ends(codes: NDArray[np.intp]) -> tuple[set[int], set[int]]:
    """The first and the last bytes of these characters in UTF-8."""
    spelt = [chr(code).encode() for code in codes.tolist() if code and not 0xD800 <= code <= 0xDFFF]
    return {one[0] for one in spelt}, {one[-1] for one in spelt}


@numba.njit(cache=True, nogil=True)
def _lines(
    read: Bytes,
    pairs: NDArray[np.bool_],
    table: NDArray[np.int32],
    wanted: NDArray[np.bool_],
    letters: NDArray[np.int32],
    start: NDArray[np.int32],
    probes: NDArray[np.int32],
) -> NDArray[np.int64]:
    """Where each line that may carry a hashtag begins and ends."""
    found = np.empty((16, 2), dtype=np.int64)
    count, ahead = 0, 0
    shown = np.zeros(min(_BLOCK, (read.size + 7) // 8 * 8), dtype=np.uint8)
    words = shown.view(np.uint64)
    for first in range(0, read.size, _BLOCK):
        end = min(first + _BLOCK, read.size)
        _show_signs(read, first, end, shown)
        for word in range((end - first + 7) // 8):
            if not words[word]:
                continue
            for place in range(first + word * 8, min(first + word * 8 + 8, end)):
                if place < ahead or not shown[place - first] or not _is_sign(read, place):
                    continue
                line = place
                while line > ahead and read[line - 1] != 0x0A:
                    line -= 1
                ahead = place
                while ahead < read.size and read[ahead] != 0x0A:
                    ahead += 1
                if _search(read, line, ahead, pairs, table, wanted, letters, start, probes):
                    if count == found.shape[0]:
                        found = np.concatenate((found, found))
                    found[count, 0], found[count, 1] = line, ahead
                    count += 1
    return found[:count]


@numba.njit(cache=True, nogil=True)
def _is_sign(read: Bytes, place: int) -> bool:
    """Whether what may be a sign is one: no # within a word, no escape of another character."""
    if read[place] == 0x23:
        return not (place and _of_word(read[place - 1])) or _behind_escape(read, place)
    if read[place] != 0x5C or place + 4 >= read.size:
        return True
    third, fourth, fifth = read[place + 2], read[place + 3], read[place + 4]
    if third == 0x30:  # of a # or of a letter of "tag"
        return bool(fourth == 0x30 and (fifth == 0x32 or fifth == 0x36 or fifth == 0x37))
    return bool(third & 0xDF == 0x46)  # of a fullwidth one


@numba.njit(cache=True, nogil=True)
def _of_word(byte: int) -> bool:
    letter = byte | 0x20
    return 0x61 <= letter <= 0x7A or 0x30 <= byte <= 0x39 or byte == 0x5F


@numba.njit(cache=True, nogil=True)
def _behind_escape(read: Bytes, place: int) -> bool:
    """Whether the letter before this place is the end of an escape, and spells something else."""
    if place >= 2 and read[place - 2] == 0x5C:
        return True
    return bool(place >= 6 and read[place - 6] == 0x5C and read[place - 5] == 0x75)


_BLOCK = 16_384
"""Bytes looked at together: they stay in the processor's nearest memory."""


@numba.njit(cache=True, nogil=True)
def _show_signs(read: Bytes, first: int, end: int, shown: Bytes) -> None:
    """Set `shown` where a sign of a hashtag begins, or may begin near the end."""
    whole = max(min(end, read.size - 3) - first, 0)
    ones, twos = read[first : first + whole], read[first + 1 : first + 1 + whole]
    threes, fours = read[first + 2 : first + 2 + whole], read[first + 3 : first + 3 + whole]
    for place in range(whole):  # without a branch, so that many bytes are compared at once
        at = np.uint64(place)
        one, two, three, four = ones[at], twos[at], threes[at], fours[at]
        plain = one == np.uint8(0x23)
        wide = (one == np.uint8(0xEF)) & (two == np.uint8(0xBC)) & (three == np.uint8(0x83))
        escape = (one == np.uint8(0x5C)) & (two == np.uint8(0x75))
        named = (one == np.uint8(0x22)) & (two == np.uint8(0x74)) & (three == np.uint8(0x61))
        shown[at] = plain | wide | escape | (named & (four == np.uint8(0x67)))
    for place in range(whole, shown.size):
        byte = read[first + place] if first + place < end else 0
        shown[place] = (byte == 0x23) | (byte == 0xEF) | (byte == 0x5C)


@numba.njit(cache=True, nogil=True)
def _search(
    read: Bytes,
    first: int,
    end: int,
    pairs: NDArray[np.bool_],
    table: NDArray[np.int32],
    wanted: NDArray[np.bool_],
    letters: NDArray[np.int32],
    start: NDArray[np.int32],
    probes: NDArray[np.int32],
) -> bool:
    """Whether the line from `first` to `end` may carry a hashtag."""
    place = first
    while True:
        place = _next_pair(read, place + 1, end, pairs)
        if place < 0:
            return False
        previous = read[place - 1]
        if previous == 0x5C or (previous >= 0x80 and read[place] & 0xC0 == 0x80):
            if not _slow(read, place - 1, table, wanted):
                continue
            return _anywhere(read, first, end, table, letters, start)
        code, _ = _character(read, place, read.size)
        folded = int(table[code]) if code >= 0 else -1
        for tag in range(start.size - 1):
            # Most pairs belong to another hashtag: asked here, this costs no call.
            letter = start[tag] + probes[tag] + 1
            meets = folded == IGNORED or folded == letters[letter]
            if meets and letter + 1 < start[tag + 1] and place + 1 < read.size:
                behind = read[place + 1]
                meets = (
                    code >= 0x80 or behind >= 0x80 or behind == 0x5C or table[behind] == letters[letter + 1]
                )
            if meets and _around(read, place, table, letters, start[tag], start[tag + 1], probes[tag]):
                return True


@numba.njit(cache=True, nogil=True, inline="always")
def _next_pair(read: Bytes, first: int, end: int, pairs: NDArray[np.bool_]) -> int:
    """The first place from `first` to `end` that may be where a probe's second letter begins, else -1."""
    for place in range(first, end):
        before, byte = np.uint64(read[np.uint64(place - 1)]), np.uint64(read[np.uint64(place)])
        if pairs[(before << np.uint64(8)) | byte]:
            return place
    return -1


@numba.njit(cache=True, nogil=True)
def _slow(read: Bytes, place: int, table: NDArray[np.int32], wanted: NDArray[np.bool_]) -> bool:
    """Whether the escape, or the character, at this place spells what only a slow reading can judge."""
    escape = read[place] == 0x5C
    while place > 0 and read[place] & 0xC0 == 0x80:
        place -= 1
    code, _ = _character(read, place, read.size)
    if code < 0:
        return False
    folded = table[code]
    return bool(folded == MANY or (escape and (folded == IGNORED or wanted[folded])))


@numba.njit(cache=True, nogil=True)
def _anywhere(
    read: Bytes,
    place: int,
    end: int,
    table: NDArray[np.int32],
    letters: NDArray[np.int32],
    start: NDArray[np.int32],
) -> bool:
    """Whether any hashtag may be spelt anywhere on the line from this place to `end`."""
    while place < end:
        code, behind = _character(read, place, read.size)
        folded = int(table[code]) if code >= 0 else -1
        for tag in range(start.size - 1):
            meets = folded == MANY or folded == letters[start[tag]]
            if meets and _spelt(read, place, read.size, table, letters, start[tag], start[tag + 1]):
                return True
        place = max(behind, place + 1)
    return False


@numba.njit(cache=True, nogil=True)
def _around(
    read: Bytes,
    place: int,
    table: NDArray[np.int32],
    letters: NDArray[np.int32],
    letter: int,
    last: int,
    probe: int,
) -> bool:
    """Whether a hashtag may be spelt so that the second letter of its probe begins at this place."""
    if not _spelt(read, place, read.size, table, letters, letter + probe + 1, last):
        return False
    left = letter + probe
    while left >= letter:
        if place == 0:
            return False
        place -= 1
        while place > 0 and read[place] & 0xC0 == 0x80:
            place -= 1
        code, _ = _character(read, place, read.size)
        if code < 0:
            return False
        folded = table[code]
        if folded == MANY:
            return True
        if folded == IGNORED:
            continue
        if folded != letters[left]:
            return False
        left -= 1
    return True


@numba.njit(cache=True, nogil=True)
def _spelt(
    read: Bytes,
    place: int,
    end: int,
    table: NDArray[np.int32],
    letters: NDArray[np.int32],
    letter: int,
    last: int,
) -> bool:
    """Whether the characters from a place on fold to `letters[letter:last]`, or may do so."""
    while letter < last:
        if place >= end:
            return False
        code, place = _character(read, place, end)
        if code < 0:
            return False
        folded = table[code]
        if folded == MANY:
            return True
        if folded == IGNORED:
            continue
        if folded != letters[letter]:
            return False
        letter += 1
    return True


@numba.njit(cache=True, nogil=True)
def _character(read: Bytes, place: int, end: int) -> tuple[int, int]:
    """The code point at a place and the place behind it; a negative code where there is none."""
    byte = int(read[place])
    if byte == 0x5C:  # a backslash
        if place + 5 < end and read[place + 1] == 0x75:
            code = _hexadecimal(read, place + 2)
            place += 6
            if 0xD800 <= code < 0xDC00 and place + 5 < end and read[place] == 0x5C:
                low = _hexadecimal(read, place + 2)
                if 0xDC00 <= low < 0xE000:
                    return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), place + 6
            return code, place
        return -1, place
    if byte < 0x80:
        return byte, place + 1
    more = 1 if byte < 0xE0 else 2 if byte < 0xF0 else 3
    if byte < 0xC2 or byte > 0xF4 or place + more >= end:
        return -1, place
    code = byte & (0x3F >> more)
    for step in range(1, more + 1):
        code = (code << 6) | (int(read[place + step]) & 0x3F)
    return (code if code < CODES else -1), place + more + 1


@numba.njit(cache=True, nogil=True)
def _hexadecimal(read: Bytes, place: int) -> int:
    code = 0
    for step in range(4):
        byte = int(read[place + step])
        if 0x30 <= byte <= 0x39:
            digit = byte - 0x30
        elif 0x41 <= (byte & 0xDF) <= 0x46:
            digit = (byte & 0xDF) - 0x37
        else:
            return -1
        code = code * 16 + digit
    return code
