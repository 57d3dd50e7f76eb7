"""Words by which columns of a table of regions are recognised beside exact names, in the languages of many senders.

They are written without accents and joined by ``_``; what a name says beside such a word, as when, how often, or that
it is expected, is passed over. Further languages stand in `languages.json`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from medalloc.tables.languages import pattern, plainly, words_for, words_in

EXPECTED = (
    "expected|projected|forecast(ed)?|est|estimated|predicted|planned|anticipated|attes[eio]|attesa|previst[aeio]s?"
    "|stimat[aeio]|prevue?s?|attendue?s?|estimee?s?|esperad[ao]s?|estimad[ao]s?|projetad[ao]s?|proyectad[ao]s?"
    "|erwartete?[nr]?|geschatzte?[nr]?|prognostizierte?[nr]?|geplante?[nr]?|预计|预期|预测|估计"
)
"""That a number is one of the future."""

COUNTED = (
    "number|numbers|no|num|n|count|counts|nombre|numero|anzahl|zahl|nr|of|de|des|d|di|der|do|da|dei|du|del|la|le|les|los"
    "|el|as|os|(19|20)[0-9]{2}"
)
"""That something is counted, and in which year."""

SAID_BESIDE = (
    rf"{EXPECTED}|{COUNTED}|per|par|por|pro|al|a|ao|years?|months?|weeks?|days?|ans?|annees?|mois|semaines?|jours?"
    "|mes|anos?|dias?|semanas?|anno|mese|settimana|giorno|jahr|monat|woche|tag"
    "|annual|annuel(le)?s?|annu[ai][el]i?|anua(l|is|les)|mensu(el|elle|al|ales)s?|mensa(l|is)|mensili|jahrlich|yearly"
    "|monthly|weekly|daily|hospitals?|hospitalier(e)?s?|hospitalari[ao]s?|hospitalar(es)?|ospedalier[eio]|emergency"
    "|inpatient|outpatient|[oi]pd|ed|er|unmet|acute|waiting|urgent|urgenti|urgentes|urgences"
)
"""What may stand beside a word for need without changing what is counted."""

IN_NEED = (
    "admissions?|hospitali[sz]ations?|hospitalisations?|inpatients?|caseload|cases?|patients?|visits?|attendances?|referrals?"
    "|waiting_list|needs?|demand|people_in_need|persons_in_need|patients_in_need|caso|casi|ricoveri|pazienti|accessi|fabbisogno"
    "|bisogn[io]|domanda|cas|besoins?|demandes?|sejours|casos|pacientes|hospitalizaciones|admisiones|necesidad(es)?"
    "|demanda|internacoes|internamentos|doentes|utentes|necessidades?|atendimentos|admissoes|aufnahmen|einweisungen"
    "|falle?|fallzahl(en)?|patient(inn)?en|bedarf|krankenhausfalle|behandlungsfalle"
    "|(入院|住院|就诊|门诊|患者|病例|病人|确诊)(人数|人次|数|量|例数)?|मरीज|रोगी|मामले"
)
"""People in need, or what they come for."""

PEOPLE = (
    "population|pop|inhabitants|residents|habitants?|einwohner(zahl)?|bevolkerung|poblacion|habitantes|populacao|popolazione"
    "|abitanti|人口数?|जनसंख्या"
)
OF_PEOPLE = (
    "census|mid|mid_?year|total[ei]?|resident[ei]?|municipale|legale|estimated?|estimada|gesamt"
    "|常住|户籍|年末|年中|年底|年"
)
"""What is said beside the word for all who live somewhere."""

INCOME_TOO = "ingresos|egresos"
"""Admissions, but income as well: only where hospitals or what is expected are spoken of."""

YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")

HIGHER_UP = (
    "(sub_?)?(icu|critical_care|intensive_care|hdu|acute|hospital|inpatient|general|paediatric|pediatric|maternity)"
)
THERE = (
    "existing|in_place|current|capacity|fte|wte|headcount|registered|qualified|staffed|available|installed|licen[cs]ed|open|existante?s?|disponibles?|disponiveis|disponibil[ei]"
    "|esistent[ei]|existentes?|installes?|instalad[ao]s|vorhandene?|bestehende?|aufgestellte?|total|ativ[ao]s|attiv[ei]"
    "|现有|实有|开放|编制"
)
RESOURCES: Mapping[str, str] = {
    "beds": rf"(({HIGHER_UP})_)?beds?(_and_cots)?|betten|planbetten|krankenhausbetten|bettenzahl|lits|camas|leitos"
    "|posti_letto|letti|床位数?|病床数?|बिस्तर|बेड",
    "nurses": "nurses?|enfermeir[ao]s|enfermer[ao]s|infermier[ei]|infirmi(er|ere)s?|pflegekrafte"
    "|krankenschwestern|pflegepersonal|护士(数|人数)?",
    "doctors": "doctors?|physicians?|medecins?|medicos|medicas|medici|arzte|mediziner|医生(数|人数)?|医师(数|人数)?",
    "clinicians": "clinicians?",
    "ventilators": "ventilators?|respiradores|ventiladores|respirateurs|ventilatori|beatmungsgerate|呼吸机(数|台数)?",
    "ambulances": "ambulances?|ambulancias|ambulanze|krankenwagen|rettungswagen|救护车",
}
"""What is there, by what it is called in English."""


def means_people(name: str) -> bool:
    """Whether a column counts all who live in a region.

    Examples
    --------
    >>> [means_people(each) for each in ("Population municipale", "Population (Census)", "Population density")]
    [True, True, False]
    """
    beside = f"{COUNTED}|{EXPECTED}|{OF_PEOPLE}|{pattern('count', 'expected')}"
    return _among(f"{PEOPLE}|{pattern('population')}", beside).fullmatch(plainly(name)) is not None


def means_need(name: str) -> bool:
    """Whether a column counts people in need, if no column of the table is called so more exactly.

    Examples
    --------
    >>> [means_need(each) for each in ("Ricoveri attesi", "Expected admissions per year", "Nombre de cas", "Ingresos")]
    [True, True, True, False]
    """
    said = plainly(name)
    income = re.fullmatch(rf"(.*_)?({INCOME_TOO})(_.*)?", said) and re.search(rf"hospital|{EXPECTED}", said)
    return _among(f"{IN_NEED}|{pattern('need')}").fullmatch(said) is not None or (
        income is not None and _among(INCOME_TOO).fullmatch(said) is not None
    )


def is_expected(name: str) -> bool:
    """Whether a name says that its numbers are those of the future."""
    return re.search(rf"(^|_)({EXPECTED}|{pattern('expected')})(_|$)", plainly(name)) is not None


@lru_cache(maxsize=20_000)
def resource_there(name: str) -> str | None:
    """Return the resource whose units a column counts, as the column calls it; None where it counts nothing known.

    Examples
    --------
    >>> resource_there("Posti letto"), resource_there("Nombre de médecins"), resource_there("Betten (aufgestellt)")
    ('posti letto', 'médecins', 'betten')
    """
    for resource in RESOURCES:
        if found := _there(resource).fullmatch(plainly(name)):
            parts = words_in(name.lower())
            runs = (" ".join(parts[begin:end]) for begin in range(len(parts)) for end in range(len(parts), begin, -1))
            # signs that fall away between letters, as in “b-eds”, leave no run of words that is it
            return next((each for each in runs if plainly(each) == found["what"]), found["what"].replace("_", " "))
    return None


def counts(name: str) -> bool:
    """Whether a name says what is counted: people who live there, those in need, or a resource.

    Examples
    --------
    >>> counts("床位数"), counts("2023")
    (True, False)
    """
    return means_people(name) or means_need(name) or resource_there(name) is not None


def resource_called(name: str) -> str | None:
    """Return the English name of a resource that a word of another language means; None where it is not known.

    Examples
    --------
    >>> resource_called("Posti letto"), resource_called("lits"), resource_called("icu_beds")
    ('beds', 'beds', None)
    """
    said = plainly(name)
    found = (each for each, words in RESOURCES.items() if re.fullmatch(words, said) or said in words_for(each))
    return None if re.fullmatch(rf"{HIGHER_UP}_.*", said) else next(found, None)


def of_earlier_years(names: Iterable[str]) -> set[str]:
    """Return the names that stand again with a later year: of beds in 2022 and in 2023 the latter are there."""
    years: dict[str, dict[str, str]] = {}
    for name in names:
        if found := YEAR.search(plainly(name)):
            bare = re.sub(r"\W+", "_", YEAR.sub("", plainly(name))).strip("_")
            years.setdefault(bare, {})[name] = found[0]
    return {name for of in years.values() for name, year in of.items() if year < max(of.values())}


@cache
def _there(resource: str) -> re.Pattern[str]:
    beside = f"{COUNTED}|{THERE}|{pattern('count', 'there', 'total')}"
    return _among("|".join(filter(None, (RESOURCES[resource], pattern(resource)))), beside)


SOLID = "[0-9\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
"""Figures, and letters of scripts that put no space between words."""

JOINT = f"(?:_|(?<={SOLID})|(?={SOLID}))"


@cache
def _among(words: str, beside: str = f"{SAID_BESIDE}|{pattern('count', 'expected')}") -> re.Pattern[str]:
    """Return what matches one of the words among what may stand beside it."""
    return re.compile(rf"(?:(?:{beside}){JOINT})*?(?P<what>{words})(?:{JOINT}(?:{beside}))*")
