import pytest

import script


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2.315.400", "twee miljoen driehonderdvijftienduizendvierhonderd"),
        ("-1,25", "min één komma twee vijf"),
        ("4 mei 1940", "vier mei negentienhonderdveertig"),
        ("in 1648 en 2021", "in zestienhonderdachtenveertig en tweeduizendeenentwintig"),
        ("1e, 3de, 20ste, de 17e eeuw", "eerste, derde, twintigste, de zeventiende eeuw"),
        ("XVIe eeuw", "zestiende eeuw"),
        ("de jaren ’80", "de jaren tachtig"),
        ("om 20.15 uur, 9:00", "om twintig uur vijftien, negen uur"),
        ("€ 3,75, $2 mln", "drie euro vijfenzeventig cent, twee miljoen dollar"),
        ("12%", "twaalf procent"),
        ("7 km/u, 30 °C, 1 kg", "zeven kilometer per uur, dertig graden Celsius, een kilogram"),
        ("1 vraag", "een vraag"),
        ("3/4 en 2/5", "drie kwart en twee vijfde"),
        ("Karel V", "Karel de vijfde"),
        ("dhr. De Vries, bijv. nr. 4, blz. 8", "de heer De Vries, bijvoorbeeld nummer vier, bladzijde acht"),
        ("tel. 010 55", "telefoon nul één nul vijf vijf"),
    ],
)
def test_dutch_is_said_as_it_is_read(written, said):
    assert script.spoken(written, "nl") == said
