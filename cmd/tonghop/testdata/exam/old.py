"""Texts as files of the years before Unicode hold them, under their fonts.

TCVN3 has one byte a letter, small and capital alike but for seven; its fonts
ending in H draw capitals. VNI writes the base letter and a second sign.
"""

import unicodedata

_LETTERS = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = bytes.fromhex(
    "a8a9aeaaabacad" "b5b6b7b8b9" "bbbcbdbec6" "c7c8c9cacb" "cccecfd0d1" "d2d3d4d5d6" "d7d8dcddde"
    "dfe1e2e3e4" "e5e6e7e8e9" "eaebecedee" "eff1f2f3f4" "f5f6f7f8f9" "fafbfcfdfe").decode("latin-1")
TCVN3 = dict(zip(_LETTERS, _TCVN3)) | dict(zip("ĂÂĐÊÔƠƯ", bytes.fromhex("a1a2a7a3a4a5a6").decode("latin-1")))

_TONES = {"\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0301": "ù", "\u0323": "ï"}
_ON = {"â": {"": "â", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0301": "á", "\u0323": "ä"},
       "ă": {"": "ê", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0301": "é", "\u0323": "ë"}}
_ODD = {"đ": "ñ", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î", "ơ": "ô", "ư": "ö"}


def vni(ch):
    low = ch.lower()
    if ord(low) < 128:
        return ch
    if low in _ODD:
        out = _ODD[low]
    else:
        parts = unicodedata.normalize("NFD", low)
        base, tone = parts[0], next((p for p in parts[1:] if p in _TONES), "")
        if "\u0302" in parts:
            out = base + _ON["â"][tone]
        elif "\u0306" in parts:
            out = base + _ON["ă"][tone]
        elif "\u031b" in parts:
            out = {"o": "ô", "u": "ö"}[base] + _TONES[tone]
        elif tone:
            out = base + _TONES[tone]
        else:
            return ch  # no letter: ≥, “
    return out.upper() if ch != low else out


def tcvn3(text):
    """The text and whether it needs a font of capitals."""
    capitals = text.upper() == text and any(ch not in TCVN3 and ch.lower() in TCVN3 for ch in text)
    if capitals:
        text = text.lower()
    return "".join(TCVN3.get(ch, TCVN3.get(ch.lower(), ch)) for ch in text), capitals


def encode(sheet, encoding):
    for c in sheet.texts():
        text = unicodedata.normalize("NFC", c.value)
        if text.isascii():
            continue
        if encoding == "VNI":
            c.value, c.font = "".join(vni(ch) for ch in text), "VNI-Times"
        else:
            c.value, capitals = tcvn3(text)
            c.font = ".VnTimeH" if capitals else ".VnTime"
