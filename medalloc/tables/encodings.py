"""Which encoding a text file has: said by the file, or the likeliest of those in use."""

import re
from itertools import pairwise

from medalloc.sentences import Sentence, listed, sentence

EVERYDAY = {
    "cp1252": "äöüßéèêëàâçîïôùûœáíóúñãõåæøìòÄÖÜÉÈÀÇÎÔÁÍÓÚÑÃÕÅÆØÌÒÙºª°£µ²³½€’‘“”–—",
    "cp1250": "ąćęłńśźżčďěňřšťůýžőűăâîşţáéíóúäöüôĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮÝŽŐŰĂÂÎŞŢÁÉÍÓÚÄÖÜđĐ°€’“”„–—",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁІЇЄҐЎ№«»–—",
    "gb18030": "的一是不了在人有地区区域省市县州医院床位需求人口数量病例年月日合计总男女岁名称姓北京上海"
    "天津重庆广东西南江苏浙山河湖川云贵陕甘青内蒙古新疆宁夏辽吉林黑龙福建安徽海门台香港澳大小"
    "中国城乡东部是否已未患者号科室日期",
    "big5": "的一是不了在人有地區域省市縣州醫院床位需求人口數量病例年月日合計總男女歲名稱姓臺台北高雄"
    "新竹中南東西桃園基隆苗栗彰化投雲林嘉義屏宜蘭花蓮澎湖金門連江港九龍島大小國城鄉部是否已未"
    "患者號科室日期",
    "shift_jis": "のをにはがとでてるしたいあかさなまやらわんアイウエオカキクケコサシスセソタチツテトナニハ"
    "ヒフヘホマミムメモヤユヨラリルレロワンー県市区町村都道府病院床数人口地域需要年月日合計男"
    "女歳名称東京大阪北海青森岩手宮城秋田山形福島茨栃木群馬埼玉千葉神奈川",
}
"""Signs that tables in each of these encodings are full of."""

EASTERN = ("gb18030", "big5", "shift_jis")
AT_MOST = 20_000
"""Bytes beyond ASCII that are weighed."""


def sniff_encoding(content: bytes) -> str:
    r"""Return the encoding of a text file.

    Byte-order marks are believed first, then zeros in every other byte, then valid UTF-8. What is left is a guess, see
    `is_guessed`: the encoding in which the words are most like words.

    Examples
    --------
    >>> sniff_encoding("地区,需求\n北京,12\n".encode("gb18030"))
    'gb18030'
    >>> sniff_encoding("miasto;liczba\nŁódź;3\n".encode("cp1250"))
    'cp1250'
    """
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if wide := _unmarked_utf_16(content[:2000]):
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        begin = content.rfind(b"\n", 0, max(error.start - 1000, 0)) + 1
        return _likeliest(content[begin : begin + 500_000])
    return "utf-8"


def is_guessed(encoding: str) -> bool:
    """Whether nothing in a file of this encoding says that it has it.

    Examples
    --------
    >>> is_guessed("cp1250"), is_guessed("utf-8-sig")
    (True, False)
    """
    return not encoding.startswith("utf")


def guess_said(encoding: str, text: str) -> Sentence:
    """Return what is said about a guess, with words that it made."""
    words = dict.fromkeys(word for word in re.findall(r"[^\W\d_]+", text[:1_000_000]) if not word.isascii())
    return sentence(
        "The file does not say its encoding; {encoding} makes the likeliest words, such as {words}. If they look "
        "wrong, choose the encoding.",
        encoding=encoding,
        words=listed(words, 3),
    )


def _unmarked_utf_16(start: bytes) -> str | None:
    """Return which UTF-16 text in Latin letters is that has no mark: every other byte of it is zero."""
    even, odd = start[0::2], start[1::2]
    if len(start) < 6 or not start.isascii():
        return None
    if odd.count(0) >= 0.9 * len(odd) and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) >= 0.9 * len(even) and not odd.count(0) else None


def _likeliest(content: bytes) -> str:
    runs = re.findall(rb"[\x80-\xff]+", content)
    high = sum(map(len, runs))
    if sum(map(len, re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", content))) >= 0.9 * high:
        # nearly all of it is UTF-8: the broken byte is to be told, not to be read as something else
        return "utf-8"
    cells, weighed = [], 0
    for cell in re.findall(rb"[^\n\r,;\t|]*[\x80-\xff][^\n\r,;\t]*", content):
        cells.append(cell)
        weighed += sum(each > 0x7F for each in cell)
        if weighed > AT_MOST:
            break
    # of those alike the first: Western letters stand at the same places in several
    return max(EVERYDAY, key=lambda encoding: _likeness(b"\n".join(cells), encoding))


def _likeness(content: bytes, encoding: str) -> float:
    """Return how much text is like words in one encoding, per byte beyond ASCII; at most 1."""
    text = content.decode(encoding, errors="replace")
    beyond = [each for each in text if each > "\x7f"]
    if encoding in EASTERN:
        common = 0.8 if encoding == "gb18030" else 0.6
        known = sum((each in EVERYDAY[encoding]) + common * _is_common(each, encoding) for each in beyond)
        return min(known / max(len(beyond), 1), 1.0) - 2 * text.count("\ufffd") / max(len(beyond), 1)
    usual = 0.75 * sum(each in EVERYDAY[encoding] for each in beyond)
    # a capital after a small letter, a sign between letters, letters of two scripts in one word
    odd: float = len(re.findall(r"(?<=[^\W\d_])[^\w\s.,;:'’()/\"*-](?=[^\W\d_])", text)) + text.count("\ufffd")
    odd += sum(before.islower() and after.isupper() for before, after in pairwise(text))
    odd += len(re.findall("[£¥¤¦§¨¬¯±²³´¸¹¼½¾¿†‡‰‹›˛ˇ˘¢˙˝](?=[^\\W\\d_])|[¥¤¦§¨¬¯´¸¹¾¿†‡‰‹›˛ˇ˘¢˙˝\x80-\x9f]", text))
    if encoding == "cp1252":
        # Portuguese has õe; other õ are Hungarian ő more often than not
        odd += 0.5 * len(re.findall("õ(?!e)", text))
        # Italian words end in ì and ò; others are Czech ě and ň more often than not
        odd += 0.5 * len(re.findall(r"[ìò](?=\w)|(?<=[aeiou])ò", text))
    if encoding == "cp1251":
        # a Cyrillic word is Cyrillic throughout; a few accents among Latin letters are not
        odd += len(re.findall(r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]", text))
        words = re.findall("[Ѐ-ӿ]{2,}", text)
        odd += sum(word[1:].isupper() != word[1:2].isupper() for word in words)
        odd += sum(not re.search("[аеиоуыэюяёіїє]", word, re.IGNORECASE) for word in words)
    else:
        # Cyrillic read as Latin is words of nothing but accents
        odd += sum(len(word) - 2 for word in re.findall("[À-ž]{4,}", text))
    return (usual - odd) / len(beyond)


def _is_common(letter: str, encoding: str) -> bool:
    """Whether a letter stands where the encoding keeps what is used every day."""
    written = letter.encode(encoding, errors="replace")
    if len(written) != 2:
        return False
    first, second = written
    if encoding == "gb18030":
        return (0xB0 <= first <= 0xD7 and second >= 0xA1) or first in (0xA1, 0xA3)
    if encoding == "big5":
        return 0xA4 <= first <= 0xC6
    return 0x82 <= first <= 0x83 or 0x88 <= first <= 0x97
