import pytest

from medalloc.tables.encodings import is_guessed, sniff_encoding
from medalloc.tables.reading import ReadOptions, read_bytes

TEXTS = [
    ("cp1252", "Île;Zürich;Málaga"),
    ("cp1252", "område;behov\nGöteborg;1\nMalmö;2\nÖrebro;3"),
    ("cp1252", "São Paulo;1\nCeará;2\nMaranhão;3\nPiauí"),
    ("cp1252", "Curaçao,1\nCôte d’Ivoire,2\nRéunion"),
    ("cp1252", "CÔTE D'IVOIRE,1\nBÉNIN,2"),
    ("cp1252", "naïve,1"),
    ("cp1252", "Temp. µg/m³,2"),
    ("cp1252", "Cost €,2\n£ per bed,3"),
    ("cp1250", "region,demand\nŁódź,30\nKraków,60\n"),
    ("cp1250", "Wrocław,1"),
    ("cp1250", "Plzeň,1\nPraha,2\nČeské Budějovice,3"),
    ("cp1250", "Győr;1\nPécs;2\nSzékesfehérvár;3"),
    ("cp1250", "Iaşi;1\nBraşov;2\nConstanţa"),
    ("cp1250", "Šibenik,1\nPožega,2\nČakovec"),
    ("cp1251", "region,demand\nМосква,30\nКазань,60\n"),
    ("cp1251", "область;население\nСвердловская область;3\nКРАСНОДАРСКИЙ КРАЙ;4"),
    ("cp1251", "Київ,1\nЛьвів,2"),
    ("gb18030", "张三,男,北京市朝阳区\n李四,女,广州"),
    ("gb18030", "王先生病情稳定,出院"),
    ("big5", "地區,人口\n臺北市,12\n高雄市,3"),
    ("big5", "患者姓名,陳大文\n林美玲"),
    ("shift_jis", "県名,病床数\n東京都,12\n北海道,4"),
    ("shift_jis", "ヨコハマ,1"),
    ("utf-16-le", "region,demand\nNorth,3\n"),
    ("utf-16-be", "region,demand\nNorth,3\n"),
]


@pytest.mark.parametrize(("encoding", "text"), TEXTS)
def test_words_come_out_as_words(encoding: str, text: str) -> None:
    content = text.encode(encoding)
    assert content.decode(sniff_encoding(content)) == text


@pytest.mark.parametrize(
    ("encoding", "word"),
    [
        ("cp1252", "Île"),
        ("cp1250", "Łódź"),
        ("cp1251", "Москва"),
        ("gb18030", "北京"),
        ("big5", "臺北市"),
        ("shift_jis", "東京都"),
    ],
)
def test_a_guess_is_said_with_what_it_made_and_how_to_change_it(encoding: str, word: str) -> None:
    content = f"region,demand\n{word},2\nWest,3\n".encode(encoding)
    (note,) = read_bytes(content, "f.csv").notes
    for each in (encoding, word, "choose the encoding"):
        assert each in str(note)
    assert read_bytes(content, "f.csv", ReadOptions(encoding=encoding)).notes == ()


def test_zeros_alone_are_no_letters_of_two_bytes() -> None:
    assert sniff_encoding(bytes(8)) not in ("utf-16-le", "utf-16-be")


def test_what_the_file_says_or_needs_no_encoding_is_no_guess() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert not is_guessed(encoding)
        assert read_bytes("region,demand\nÎle,2\n".encode(encoding), "f.csv").notes == ()
