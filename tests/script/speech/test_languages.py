import pytest

import script


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("de", "Am 3.5. und 4 %", "Am dritten Mai und vier Prozent"),
        ("de", "am 7. März 2011", "am siebten März zweitausendelf"),
        (
            "de",
            "Es kostet 3,50 €, also 1.250.000 Euro.",
            "Es kostet drei Euro fünfzig Cent, also eine Million zweihundertfünfzigtausend Euro.",
        ),
        ("de", "um 14:30 Uhr", "um vierzehn Uhr dreißig"),
        ("de", "5 km/h", "fünf Kilometer pro Stunde"),
        ("de", "3/8", "drei achtel"),
        ("de", "Dr. Weiß", "Doktor Weiß"),
        ("de", "1984 im Mai", "neunzehnhundertvierundachtzig im Mai"),
        ("de", "z. B. hier", "zum Beispiel hier"),
        ("fr", "le 14 mars 1912", "le quatorze mars mille neuf cent douze"),
        ("fr", "3,75 €", "trois euros soixante-quinze centimes"),
        ("fr", "12 %", "douze pour cent"),
        ("fr", "1er et 21e", "premier et vingt et unième"),
        ("fr", "à 14h30", "à quatorze heures trente"),
        ("fr", "8 km", "huit kilomètres"),
        ("fr", "5/8", "cinq huitièmes"),
        ("fr", "Mme Durand", "madame Durand"),
        ("fr", "1 250 000", "un million deux cent cinquante mille"),
        ("es", "el 9 de julio de 1816", "el nueve de julio de mil ochocientos dieciséis"),
        ("es", "2,40 €", "dos euros cuarenta céntimos"),
        ("es", "15 %", "quince por ciento"),
        ("es", "3.ª", "tercera"),
        ("es", "8:30", "ocho y media"),
        ("es", "7 km", "siete kilómetros"),
        ("es", "3/8", "tres octavos"),
        ("es", "Sr. Ruiz", "señor Ruiz"),
        ("es", "siglo XVI", "siglo dieciséis"),
        ("es", "2.500.000", "dos millones quinientos mil"),
        ("it", "il 9 luglio 1816", "il nove luglio milleottocentosedici"),
        ("it", "2,40 €", "due euro quaranta centesimi"),
        ("it", "15 %", "quindici percento"),
        ("it", "3º", "terzo"),
        ("it", "8:30", "otto e trenta"),
        ("it", "7 km", "sette chilometri"),
        ("it", "3/8", "tre ottavi"),
        ("it", "Sig. Rossi", "signor Rossi"),
        ("it", "1.500.000", "un milione cinquecentomila"),
        ("pt", "em 9 de julho de 1816", "em nove de julho de mil oitocentos e dezesseis"),
        ("pt", "R$ 2,40", "dois reais e quarenta centavos"),
        ("pt", "15 %", "quinze por cento"),
        ("pt", "3ª", "terceira"),
        ("pt", "8h30", "oito horas e trinta"),
        ("pt", "7 km", "sete quilômetros"),
        ("pt", "3/8", "três oitavos"),
        ("pt", "Sr. Costa", "senhor Costa"),
        ("pt", "1.500.000", "um milhão e quinhentos mil"),
        ("sv", "9 juli 1916", "nionde juli nittonhundrasexton"),
        ("sv", "2,40 kr", "två kronor fyrtio öre"),
        ("sv", "15 %", "femton procent"),
        ("sv", "3:e", "tredje"),
        ("sv", "8:30", "åtta trettio"),
        ("sv", "7 km", "sju kilometer"),
        ("sv", "3/8", "tre åttondedelar"),
        ("sv", "t.ex. nu", "till exempel nu"),
        ("sv", "1 500 000", "en miljon femhundratusen"),
    ],
)
def test_other_languages_say_their_numbers_by_their_own_grammar(language, written, said):
    assert script.spoken(written, language) == said


def test_portuguese_of_portugal_counts_in_its_own_way():
    assert script.spoken("19", "pt-PT") == "dezanove"
    assert script.spoken("19", "pt") == "dezenove"
