import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2 315 400", "dwa miliony trzysta piętnaście tysięcy czterysta"),
        ("-1,25", "minus jeden przecinek dwa pięć"),
        ("3 maja 1791 roku", "trzeciego maja tysiąc siedemset dziewięćdziesiątego pierwszego roku"),
        ("01.09.1939 r.", "pierwszego września tysiąc dziewięćset trzydziestego dziewiątego roku."),
        ("w 1410 r. i w 2022 roku", "w tysiąc czterysta dziesiątym roku i w dwa tysiące dwudziestym drugim roku"),
        ("rok 2004", "rok dwa tysiące czwarty"),
        ("w XVI wieku, koniec XX w.", "w szesnastym wieku, koniec dwudziestego wieku."),
        ("lata 80., w latach 30. było", "lata osiemdziesiąte, w latach trzydziestych było"),
        ("o 9:05, od 10:00, o godz. 22", "o dziewiątej zero pięć, od dziesiątej, o godzinie dwudziestej drugiej"),
        ("2. edycja, 4. piętro, 7. dzień", "druga edycja, czwarte piętro, siódmy dzień"),
        ("1 zł, 3 zł, 12 zł, 24 zł", "jeden złoty, trzy złote, dwanaście złotych, dwadzieścia cztery złote"),
        ("4,99 zł", "cztery złote dziewięćdziesiąt dziewięć groszy"),
        ("2 mln zł, 7 mld euro", "dwa miliony złotych, siedem miliardów euro"),
        ("$2,01", "dwa dolary jeden cent"),
        ("8%", "osiem procent"),
        ("2 km, 5 kg, 2 t, 1,5 l", "dwa kilometry, pięć kilogramów, dwie tony, jeden przecinek pięć litra"),
        ("2 kobiety, 1 minuta", "dwie kobiety, jedna minuta"),
        ("5 tys. osób", "pięć tysięcy osób"),
        ("2/3 i 5/6", "dwie trzecie i pięć szóstych"),
        ("np. dr Zając, nr 3, str. 40 itd.", "na przykład doktor Zając, numer trzy, strona czterdzieści i tak dalej."),
        ("od 5 do 12 lat, do 90 km/h", "od pięciu do dwunastu lat, do dziewięćdziesięciu kilometrów na godzinę"),
        ("z 22 krajów, do 675 zł", "z dwudziestu dwóch krajów, do sześciuset siedemdziesięciu pięciu złotych"),
        ("w 6 miastach, z 3 psami i 15 kotami", "w sześciu miastach, z trzema psami i piętnastu kotami"),
        ("około 40%, od 9 do 17", "około czterdziestu procent, od dziewięciu do siedemnastu"),
        ("do 1 maja, do 2030 r.", "do pierwszego maja, do dwa tysiące trzydziestego roku."),
    ],
)
def test_polish_numbers_agree_with_what_they_count(written, said):
    assert script.spoken(written, "pl") == said
