"""How clerks write: figures, marks, names, labels, and slips of the hand."""

import unicodedata
from decimal import Decimal

from truth import BASIC, MET, NOT

# --- figures ---------------------------------------------------------------

NUMBERS = ("plain", "fixed", "percent", "comma", "dot", "percent text", "blanks")


def figure(rng, v, style, share):
    """The cell of a figure: (value, number format). Nothing is rounded."""
    plain = int(v) if v == v.to_integral_value() else float(v)
    if style == "fixed":
        return plain, rng.choice(["0.0", "0.00", "#,##0.0", "0.##"]) if v != v.to_integral_value() else "0"
    if style == "percent" and share:
        return float(v / Decimal(100)), rng.choice(["0%", "0.0%", "0.00%"])
    text = format(v, "f")
    if style == "comma":
        return text.replace(".", ","), "General"
    if style == "dot":
        return text, rng.choice(["General", "@"])
    if style == "percent text" and share:
        return text.replace(".", ",") + rng.choice(["%", " %"]), "General"
    if style == "blanks":
        return rng.choice([" ", "", "\u00a0"]) + text.replace(".", ",") + rng.choice([" ", "\u00a0"]), "General"
    return plain, "General"


# --- marks -----------------------------------------------------------------

# met, basically met, not met; a legend where a sign has no meaning of its own
PLAIN_MARKS = [
    ("Đạt", "Cơ bản đạt", "Chưa đạt"), ("Đạt", "Cơ bản đạt", "Chưa đạt"), ("đạt", "cơ bản đạt", "chưa đạt"),
    ("Đạt", "Cơ bản đạt", "Không đạt"), ("ĐẠT", "CƠ BẢN ĐẠT", "CHƯA ĐẠT"),
]
SIGNS = [
    ("x", "Cơ bản đạt", "Chưa đạt"), ("X", "CBĐ", "KĐ"), ("Đ", "CBĐ", "KĐ"), ("đ", "cbđ", "kđ"), ("✓", "CBĐ", "✗"),
    ("v", "cơ bản", "chưa"), ("×", "CBĐ", "KĐ"), ("Đạt", "Cơ bản", "Chưa"), ("Đạt chuẩn", "Cơ bản đạt", "Chưa đạt chuẩn"),
]
WITH_LEGEND = [
    (("+", "CBĐ", "-"), "Ghi chú: (+) đạt; (-) chưa đạt; CBĐ: cơ bản đạt"),
    (("x", "CBĐ", "o"), "Ghi chú: x: đạt; o: chưa đạt; CBĐ: cơ bản đạt"),
    (("Đ", "CB", "C"), "Ghi chú: Đ = Đạt; CB = Cơ bản đạt; C = Chưa đạt"),
    (("Đ", "CBĐ", "CĐ"), "Ghi chú: Đ: đạt, CBĐ: cơ bản đạt, CĐ: chưa đạt"),
]


def mark(kind, style):
    return style[{MET: 0, BASIC: 1, NOT: 2}[kind]]


# --- names of units --------------------------------------------------------

_OLD = str.maketrans({})
_MODERN = [("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"), ("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"),
           ("õe", "oẽ"), ("ọe", "oẹ"), ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ")]


def other_tone(word):
    """hòa to hoà and back, at the end of a syllable."""
    out = []
    for w in word.split(" "):
        for a, b in _MODERN:
            if w.lower().endswith(a) and not w.lower().startswith("qu"):
                w = w[:-2] + (b if w[-1].islower() else b.upper())
                break
            if w.lower().endswith(b) and not w.lower().startswith("qu"):
                w = w[:-2] + (a if w[-1].islower() else a.upper())
                break
        out.append(w)
    return " ".join(out)


def bare(text):
    """Without accents."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(ch for ch in text if not unicodedata.combining(ch))


NAME_STYLES = ("bare", "Xã", "xã", "X.", "XÃ", "capitals", "blanks", "nfd", "tone", "nbsp", "no accents")


def commune(rng, name, style):
    return {
        "bare": name, "Xã": "Xã " + name, "xã": "xã " + name, "X.": rng.choice(["X. ", "X."]) + name,
        "XÃ": ("Xã " + name).upper(), "capitals": name.upper(), "blanks": f" Xã  {name} ",
        "nfd": unicodedata.normalize("NFD", "Xã " + name), "tone": "Xã " + other_tone(name),
        "nbsp": "Xã\u00a0" + name.replace(" ", "\u00a0"), "no accents": bare(name),
    }[style]


# --- labels ----------------------------------------------------------------

def slip(rng, text):
    """One slip of the hand in a word of at least five letters; numbers stay."""
    words = text.split(" ")
    able = [i for i, w in enumerate(words) if len(w) >= 4 and w.isalpha()]
    if not able:
        return text
    i = rng.choice(able)
    w = words[i]
    k = rng.randrange(1, len(w) - 1)
    words[i] = rng.choice([
        w[:k] + w[k + 1:],  # a letter lost
        w[:k] + w[k] + w[k:],  # a letter twice
        w[:k] + w[k + 1] + w[k] + w[k + 2:],  # two letters swapped
        bare(w),
    ])
    return " ".join(words)


def glue(rng, text):
    """A blank lost, or a line broken."""
    at = [i for i, ch in enumerate(text) if ch == " "]
    if not at:
        return text
    i = rng.choice(at)
    return text[:i] + rng.choice(["\n", "\n", "  ", "-\n" if rng.random() < 0.1 else "\n"]) + text[i + 1:]


def nfd(text):
    return unicodedata.normalize("NFD", text)
