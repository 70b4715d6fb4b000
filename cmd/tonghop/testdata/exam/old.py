"""Texts as files of the years before Unicode hold them, under their fonts.

TCVN3 has one byte a letter, small and capital alike but for seven; its fonts
ending in H draw capitals. VNI writes the base letter and a second sign. VPS and
VISCII have one byte a letter and lack some capitals. ENCODINGS are the ways in
which a file may hold its texts; those that change no font are what remains when
somebody gives the whole sheet a font of Unicode, or converts it badly.
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


def _western(raw):
    """Bytes as a spreadsheet program takes them: Windows-1252, and controls."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in raw)


VPS = dict(zip((
    "ÀẢÃẤẦẨọỌỗĂếềểệỆẮẰẲẾỀỂỄỐỒỔỖýỷỵỴỚỜỞắằẳẵặẶỠớÙờởỡŨỨợỢỪổỬỲỸÍÌộỘỈĨÓửữỮÒỎÕựỰầÁÂấẩẫẪậẬđẻÉÊẹẸỉễịỊỹƯ"
    "ỦồốÔỏơÈừứÚũưÝẺàáâãảạẠăèéêẽìíĩẴĐòóôõƠụỤùúủỶẼỳ"
), _western(bytes.fromhex(
    "80818283848586868788898a8b8c8c8d8e8f90939495969798999a9b9c9c9d9e9fa1a2a3a4a5a5a6a7a8a9aaabacadaeaeaf"
    "b0b1b2b3b4b5b6b6b7b8b9babbbbbcbdbebfbfc0c1c2c3c4c5c5c6c6c7c8c9cacbcbcccdcececfd0d1d2d3d4d5d6d7d8d9da"
    "dbdcdddee0e1e2e3e4e5e5e6e8e9eaebecedeff0f1f2f3f4f5f7f8f8f9fafbfdfeff"
))))
VISCII = dict(zip((
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẲẵẴÈÉÊẺÌÍĨỳĐứÒÓÔạỷỶừ"
    "ửÙÚỹỸỵỴÝỡưàáâãảăữẫẪèéêẻìíĩỉđựòóôõÕỏọụùúũủýợỮ"
), _western(bytes.fromhex(
    "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2"
    "b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c6c7c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d6d7d8d9dadbdbdcdcdddedf"
    "e0e1e2e3e4e5e6e7e7e8e9eaebecedeeeff0f1f2f3f4f5f5f6f7f8f9fafbfcfdfeff"
))))

_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"


def by_table(table, text):
    return "".join(table.get(ch, table.get(ch.lower(), ch)) for ch in text)


def apart(text):
    """As Windows-1258 has it: the letter, and its tone behind it."""
    out = []
    for ch in text:
        parts = unicodedata.normalize("NFD", ch)
        tone = "".join(p for p in parts if p in _TONE_MARKS)
        out.append(unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONE_MARKS)) + tone)
    return "".join(out)


def twice(text):
    """Converted from TCVN3 although it was Unicode already."""
    back = {v: k for k, v in TCVN3.items()}
    return "".join(back.get(ch, ch) for ch in text)


def utf8_twice(text):
    return _western(text.encode("utf-8"))


_FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times", "VPS": "VPS Times", "VISCII": "VISCII Times"}
_LETTERS_OF = {
    "TCVN3": lambda text: tcvn3(text)[0], "VNI": lambda text: "".join(vni(ch) for ch in text),
    "VPS": lambda text: by_table(VPS, text), "VISCII": lambda text: by_table(VISCII, text),
    "apart": apart, "twice": twice, "UTF-8 twice": utf8_twice,
}
ENCODINGS = [*_FONTS, *(f + " bare" for f in _FONTS), "apart", "twice", "UTF-8 twice", "TCVN3 half", "VNI half", "twice half", "TCVN3 hidden"]


def encode(sheet, encoding):
    """NAME with its font; NAME bare without; NAME half: every second row, without;
    TCVN3 hidden: without the soft hyphens that are its ư."""
    name, _, how = encoding.partition(" ") if encoding not in _LETTERS_OF else (encoding, "", "")
    for (row, _), c in sheet.cells.items():
        if not isinstance(c.value, str):
            continue
        text = unicodedata.normalize("NFC", c.value)
        if text.isascii() or how == "half" and row % 2:
            continue
        c.value = _LETTERS_OF[name](text)
        if how == "hidden":
            c.value = c.value.replace("\u00ad", "")
        if name == "TCVN3" and how in ("", "hidden") and tcvn3(text)[1]:
            c.font = ".VnTimeH"
        elif name in _FONTS and how in ("", "hidden"):
            c.font = _FONTS[name]
