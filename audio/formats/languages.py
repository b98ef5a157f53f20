"""Language codes of three letters, which ID3 and MP4 want where the web writes BCP 47."""

import re

_UNDETERMINED = "und"

# ISO 639-1 to ISO 639-2/T
_TERMINOLOGY = """
    aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel
    bg:bul bh:bih bi:bis bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:ces
    cu:chu cv:chv cy:cym da:dan de:deu dv:div dz:dzo ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus
    fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau
    he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her ia:ina id:ind ie:ile ig:ibo ii:iii ik:ipk
    io:ido is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kg:kon ki:kik kj:kua kk:kaz kl:kal km:khm kn:kan
    ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit
    lu:lub lv:lav mg:mlg mh:mah mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya na:nau nb:nob
    nd:nde ne:nep ng:ndo nl:nld nn:nno no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss
    pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd
    se:sme sg:sag si:sin sk:slk sl:slv sm:smo sn:sna so:som sq:sqi sr:srp ss:ssw st:sot su:sun sv:swe
    sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi
    ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha
    zh:zho zu:zul
"""

# ISO 639-2/T to ISO 639-2/B, where they differ
_BIBLIOGRAPHIC = """
    bod:tib ces:cze cym:wel deu:ger ell:gre eus:baq fas:per fra:fre hye:arm isl:ice kat:geo mkd:mac
    mri:mao msa:may mya:bur nld:dut ron:rum slk:slo sqi:alb zho:chi
"""


def terminology_code(language: str) -> str:
    """ISO 639-2/T code of a BCP 47 tag, as MP4 wants it: "deu" for "de-AT", "und" when there is none."""
    subtag = re.split(r"[-_]", language.strip().lower(), maxsplit=1)[0]
    if re.fullmatch(r"[a-z]{3}", subtag):
        return _table(_BIBLIOGRAPHIC, reverse=True).get(subtag, subtag)
    return _table(_TERMINOLOGY).get(subtag, _UNDETERMINED)


def bibliographic_code(language: str) -> str:
    """ISO 639-2/B code of a BCP 47 tag, as ID3 has it: "ger" for "de-AT", "und" when there is none."""
    code = terminology_code(language)
    return _table(_BIBLIOGRAPHIC).get(code, code)


def _table(text: str, *, reverse: bool = False) -> dict[str, str]:
    pairs = (entry.split(":") for entry in text.split())
    return {right: left for left, right in pairs} if reverse else dict(pairs)
