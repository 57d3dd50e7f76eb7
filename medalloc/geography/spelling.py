"""Which boundary of a set a name means: as it is written, by another name in use, or by one that is nearly the same."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from medalloc.geography.aliases import ALIASES
from medalloc.geography.boundaries import Boundary

KINDS = re.compile(
    r"\b(county|parish|borough|census area|municipality|province|((zhuang|hui|uygur|uyghur) )?autonomous region"
    r"|special administrative region|sar|district|department|governorate|prefecture|voivod(e)?ship"
    # Romance languages
    r"|(departement|departamento|distrito|provincia|comuni(dad|tat)( autonoma| foral)?|principado|estado|regione?"
    r"|regiao( autonoma)?|citta metropolitana|judet(ul)?)( de| del| di| do| dos| da| della| dell| d)?( la| las| los)?"
    # Germanic languages, Finnish, Hungarian, Turkish, Vietnamese
    r"|freistaat|bundesland|freie (und )?hansestadt|kanton|provincie|lan|fylke|maakunta|megye|ili|vilayeti"
    r"|tinh|thanh pho|tp"
    # Slavonic and Baltic languages, in either alphabet and without accents
    r"|wojewodztwo|kraj|hlavni mesto|okrug|oblast|zupanija|apskritis|novads|maakond|viloyati|respublika"
    r"|область|краи|республика|обл|округ|г|м)\b"
)
EAST_ASIAN_KINDS = re.compile(
    unicodedata.normalize(
        "NFKD",
        r"(壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市|县|縣"
        r"|(?<=..)[都府県]|특별자치도|특별자치시|특별시|광역시|(?<=....)[도시])$",
    )
)
"""Kinds as they are once letters are taken apart, as Korean ones are."""

VARIANTS = str.maketrans("臺", "台")
"""Characters of which two are in use."""

SILENT = {"the", "and"}
"""Words that one list writes and another leaves out or replaces by a sign."""

NEARLY = 0.85
"""How alike two spellings must be to be taken for the same, if they also begin alike word by word. [fraction]"""

ALIKE = 0.55
"""How alike a boundary must be called to be suggested. [fraction]"""

P_CODE = re.compile(r"([A-Za-z]{2,3})(\d{1,12})")
"""A code of OCHA: letters of a country, of which lists use two or three, and figures for each level."""

SHORT = 4
"""Letters below which nothing is taken for a misspelling. [count]"""


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """Return a name without accents, case, punctuation, silent words and the word for its kind.

    Examples
    --------
    >>> plain("Côte d'Ivoire"), plain("St. Louis County, MO"), plain("北京市")
    ('cote d ivoire', 'saint louis mo', '北京')
    """
    whole = _words(name)
    shorter = [word for word in KINDS.sub(" ", whole).split() if word not in SILENT]
    # what is called by its kind alone, such as the Central Region, keeps it where nothing else would be left
    return " ".join(shorter) or whole


@lru_cache(maxsize=50_000)
def _words(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.strip().casefold().translate(VARIANTS))
    letters = "".join(each for each in letters if not unicodedata.combining(each))
    letters = re.sub(r"[^\w]+", " ", EAST_ASIAN_KINDS.sub("", letters))
    return " ".join("saint" if word == "st" else word for word in letters.split())


class Spellings:
    """The names of a set of boundaries."""

    def __init__(self, boundaries: Iterable[Boundary]) -> None:
        meant: dict[str, set[str]] = defaultdict(set)
        exact: dict[str, set[str]] = defaultdict(set)
        self.names: dict[str, str] = {}
        """What each boundary is called first, its code aside, by its id."""
        for each in boundaries:
            self.names[each.id] = next((name for name in each.names if name != each.id), each.id)
            for name in each.names:
                exact[_words(name)].add(each.id)
                meant[plain(name)].add(each.id)
        self._exact = _sure(exact)
        self._plain = self._with_aliases(_sure(meant))

    def _with_aliases(self, named: dict[str, str]) -> Mapping[str, str]:
        aliases = {
            plain(alias): named[plain(name)]
            for name, others in ALIASES.items()
            if plain(name) in named
            for alias in others
        }
        # a spreadsheet takes the leading zero of 01001; of shorter codes too little would be left
        cut = {code.lstrip("0"): code for code in self.names if len(code) >= 5 and code.isdigit()}
        return aliases | cut | named

    def find(self, name: str) -> str | None:
        """Return the boundary that a name or code means, None where it is none or could be several."""
        found = self._by_spelling(name) or self._by_p_code(name)
        # "Bolzano/Bozen" is one place if each of its names is, or no place
        parts = {self._by_spelling(part) for part in name.split("/")} - {None} if not found and "/" in name else set()
        return found or (parts.pop() if len(parts) == 1 else None)

    def _by_spelling(self, name: str) -> str | None:
        return self._exact.get(_words(name)) or self._plain.get(plain(name)) if plain(name) else None

    def _by_p_code(self, name: str) -> str | None:
        """Return the boundary whose p-code has the same figures, and of the country three letters for two: UGA101."""
        read = P_CODE.fullmatch(name.strip())
        if read is None or not self._p_codes:
            return None
        country, figures = self._p_codes
        short, long = sorted((read[1].upper(), country), key=len)
        # the two letters of a country stand in its three in their order: CF, CAF
        rest = iter(long)
        same = len(short) < len(long) and short[0] == long[0] and all(letter in rest for letter in short)
        return figures.get(read[2]) if same else None

    @cached_property
    def _p_codes(self) -> tuple[str, Mapping[str, str]] | None:
        """Return the letters of the country and the boundaries by the figures of their p-codes, where all have one."""
        read = [(P_CODE.fullmatch(name), place) for place, name in self.names.items()]
        found = {match[2]: place for match, place in read if match is not None}
        letters = {match[1].upper() for match, _place in read if match is not None}
        return (letters.pop(), found) if len(letters) == 1 and len(found) == len(self.names) else None

    def near(self, name: str) -> str | None:
        """Return the one boundary whose name is nearly the same: alike, and each word begins with the same letter."""
        mine = plain(name)
        ranked = self._alike(mine)
        if not ranked or len(mine) < SHORT:
            return None
        (likeness, spelling), others = ranked[0], ranked[1:]
        meant = self._plain[spelling]
        rivals = [each for each, other in others if self._plain[other] != meant]
        is_near = likeness >= NEARLY and _beginnings(mine) == _beginnings(spelling)
        return meant if is_near and all(each < likeness for each in rivals) else None

    def suggestions(self, name: str, at_most: int = 3) -> list[str]:
        """Return what boundaries are called that a name may mean, the likeliest first."""
        alike = [self._plain[spelling] for likeness, spelling in self._alike(plain(name)) if likeness >= ALIKE]
        return [self.names[each] for each in dict.fromkeys(alike)][:at_most]

    def _alike(self, mine: str) -> list[tuple[float, str]]:
        """Return spellings that share letters with one, and how alike they are, the likeliest first."""
        shared = Counter(spelling for piece in _pieces(mine) for spelling in self._by_piece.get(piece, ()))
        scored = [(SequenceMatcher(None, mine, each, False).ratio(), each) for each, _count in shared.most_common(12)]
        return sorted(scored, reverse=True)

    @cached_property
    def _by_piece(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for spelling in self._plain:
            for piece in _pieces(spelling):
                found[piece].append(spelling)
        return found


def _sure(meant: Mapping[str, set[str]]) -> dict[str, str]:
    """Return the spellings that mean one boundary only."""
    return {spelling: next(iter(ids)) for spelling, ids in meant.items() if spelling and len(ids) == 1}


def alike(name: str, other: str) -> float:
    """Return how alike two names are whose words begin with the same letters in any order, otherwise 0 [fraction]."""
    mine, theirs = (" ".join(sorted(plain(each).split())) for each in (name, other))
    return SequenceMatcher(None, mine, theirs, False).ratio() if _beginnings(mine) == _beginnings(theirs) else 0.0


def _pieces(spelling: str) -> set[str]:
    padded = f" {spelling} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _beginnings(spelling: str) -> tuple[list[str], list[str]]:
    """Return what must not differ between a name and its misspelling: north is not south, and 1 is not 2."""
    return [word[0] for word in spelling.split()], re.findall(r"\d+", spelling)
