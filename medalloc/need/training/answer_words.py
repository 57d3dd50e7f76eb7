"""Which of two answers means need, where the words themselves say it: known pairs, and a word beside its negation."""

import re
from collections.abc import Sequence

PAIRS = (
    (
        "yes, y, true, t, 1, 1.0, ja, j, wahr, oui, o, vrai, sí, si, sì, sim, s, verdadero, vero, verdadeiro, tak, áno,"
        "ano, evet, да, так, ναι, kyllä, igen, ya, iya, ndiyo, はい, 예, نعم, हाँ, 是, 有, 真, 对",
        "no, n, false, f, 0, 0.0, nein, falsch, non, faux, não, nao, falso, nie, ne, nej, nee, hayır, hayir, нет, ні,"
        "όχι, ei, nem, tidak, hapana, いいえ, 아니오, لا, नहीं, 否, 无, 無, 假, 错",
    ),
    (
        "need, in need, needs care, needed, needs, bedarf, besoin, necesita, necesidad, bisogno, 需要, 有需要",
        "none, no need, not in need, not needed, kein bedarf, sans besoin, no necesita, nessun bisogno, 不需要, 无需要",
    ),
    (
        "positive, pos, positiv, positif, positivo, positiva, 阳性, 陽性, detected, reactive",
        "negative, neg, negativ, négatif, negatif, negativo, negativa, 阴性, 陰性, undetected, nonreactive",
    ),
    (
        "died, dead, death, deceased, expired, gestorben, verstorben, tot, décédé, mort, fallecido, muerto, deceduto,"
        "morto, óbito, 死亡, 去世",
        "survived, survivor, alive, living, lived, überlebt, lebend, lebt, vivant, survécu, vivo, sobrevivió,"
        "sopravvissuto, sobreviveu, 存活, 生存, 活着",
    ),
    (
        "high, high risk, hoch, élevé, haut, alto, alta, 高, 高风险, 高危",
        "low, low risk, niedrig, faible, bas, bajo, baja, basso, baixo, 低, 低风险, 低危",
    ),
    (
        "admitted, admission, inpatient, hospitalised, hospitalized, readmitted, aufgenommen, stationär, hospitalisé,"
        "ingresado, ricoverato, internado, 入院, 住院, 再入院",
        "discharged, discharge, sent home, home, outpatient, entlassen, ambulant, sorti, alta médica, dado de alta,"
        "dimesso, 出院, 门诊, 回家",
    ),
    ("case, cases, fall, cas, caso, 病例", "control, controls, kontrolle, témoin, controle, controllo, 对照"),
    ("sick, ill, diseased, unwell, krank, malade, enfermo, malato, doente, 患病, 有病", "well, healthy, gesund, sain"),
    ("abnormal, 异常", "normal, 正常"),
)
"""Words that mean need and words that mean none, in the order of `_parted`."""

NEGATIONS = (
    r"(?:no|not|non|never|without|nicht|kein|keine|ohne|pas|pas de|sans|sin|sem|senza)[ ]|不|未|无|無|没有|没|非"
)


def known_need(answers: Sequence[str]) -> set[str] | None:
    """Return which of the answers mean need, where words that are known or a negation tell; else None.

    Parameters
    ----------
    answers : sequence of str
        Different answers, in small letters.

    Examples
    --------
    >>> known_need(["died", "survived"]), known_need(["oui", "non"]), known_need(["readmitted", "not readmitted"])
    ({'died'}, {'oui'}, {'readmitted'})
    >>> known_need(["blue", "green"])
    """
    plain = {_plain(each): each for each in answers}
    found = [{plain[each] for each in plain if each in need} for need, none in _PARTED if plain.keys() <= need | none]
    if found:
        return found[0] if all(each == found[0] for each in found) else None
    if len(plain) != 2:
        return None
    for one, other in (tuple(plain), tuple(plain)[::-1]):
        if re.fullmatch(f"(?:{NEGATIONS}){re.escape(one)}", other):
            return {plain[one]}
    if any(re.fullmatch(r"[\d.,+-]+", each) for each in plain):
        return None
    # a yes or a no settles what another word means, but 1 may be the yes of 1 and 2, or the no
    yes, no = _PARTED[0]
    settled = [plain[each] for each in plain if each in yes or plain.keys() - {each} <= no]
    return {settled[0]} if len(settled) == 1 else None


def _plain(answer: str) -> str:
    return re.sub(r"(?<=\w)[\s_\-]+(?=\w)", " ", answer)


def _parted(words: str) -> frozenset[str]:
    return frozenset(each.strip() for each in words.split(","))


_PARTED = tuple((_parted(need), _parted(none)) for need, none in PAIRS)
