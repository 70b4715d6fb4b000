#!/usr/bin/env python3
"""Makes the archives of this folder: python3 make.py

Needs zip(1). The files in them are a few bytes of text; what is tested is how
programs write names, folders, passwords and methods.
"""
import os, shutil, subprocess, tempfile, unicodedata, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = (2023, 7, 3, 8, 0, 0)


class Old(zipfile.ZipInfo):
    """An entry whose name is written in a code page, as Windows of old does."""
    page, flag = "cp437", 0

    def _encodeFilenameFlags(self):
        return self.filename.encode(self.page), self.flag_bits | self.flag


def entry(name, page=None, flag=0, method=zipfile.ZIP_DEFLATED):
    info = Old(name, DAY) if page else zipfile.ZipInfo(name, DAY)
    if page:
        info.page, info.flag = page, flag
    info.compress_type = method
    return info


def write(archive, entries):
    with zipfile.ZipFile(os.path.join(HERE, archive), "w") as z:
        for info, content in entries:
            z.writestr(info, content)


def tones(text):
    """Vietnamese in code page 1258: tones are letters of their own, but for á, à and their like."""
    out = ""
    for c in text:
        try:
            c.encode("cp1258")
            out += c
        except UnicodeEncodeError:
            d = unicodedata.normalize("NFD", c)
            marks = [m for m in d[1:] if m in "\u0300\u0301\u0303\u0309\u0323"]
            out += unicodedata.normalize("NFC", d[0] + "".join(m for m in d[1:] if m not in marks)) + "".join(marks)
    return out


write("windows-437.zip", [(entry(n, "cp437"), n) for n in ("Trà Cú/BC.xlsx", "Trà Vinh.xlsx", "BC 6.xlsx")])
write("windows-1258.zip", [(entry(tones(n), "cp1258"), n) for n in ("Báo cáo tháng 6/Cầu Kè.xlsx", "Huyện Tiểu Cần.xlsx")])
write("backslash.zip", [(entry("BC\\Cầu Kè.xlsx".replace("\\", "\x01"), "utf-8"), "1")])
with open(os.path.join(HERE, "backslash.zip"), "rb") as f:  # zipfile itself turns them round
    raw = f.read().replace(b"BC\x01", b"BC\\")
with open(os.path.join(HERE, "backslash.zip"), "wb") as f:
    f.write(raw)
nfd = lambda s: unicodedata.normalize("NFD", s)
write("macos.zip", [(entry(n, "utf-8"), c) for n, c in (
    (nfd("Tháng 6/"), ""), (nfd("Tháng 6/Cầu Kè.xlsx"), "1"), (nfd("__MACOSX/"), ""), (nfd("__MACOSX/Tháng 6/._Cầu Kè.xlsx"), "x"),
    (nfd("Tháng 6/.DS_Store"), "x"), (nfd("Tháng 6/Icon\r"), ""), (nfd("__MACOSX/Tháng 6/._Icon\r"), "x"), (nfd("Tháng 6/~$Cầu Kè.xlsx"), "x"))])
write("lzma.zip", [(entry("a.xlsx"), "1"), (entry("b.xlsx", method=zipfile.ZIP_LZMA), "2" * 100)])

with tempfile.TemporaryDirectory() as d:
    os.makedirs(os.path.join(d, "Huyện Trà Cú"))
    for name in ("Huyện Trà Cú/BC tháng 6.xlsx", "Cầu Kè.xlsx", "Thumbs.db"):
        with open(os.path.join(d, name), "w") as f:
            f.write(name)
    for archive, args, env in (("infozip.zip", ["-X", "-r"], {"LC_ALL": "C.UTF-8"}), ("infozip-c.zip", ["-r"], {"LC_ALL": "C"}),
                               ("infozip-store.zip", ["-0", "-r"], {"LC_ALL": "C.UTF-8"}), ("password.zip", ["-X", "-r", "-P", "mật khẩu"], {"LC_ALL": "C.UTF-8"})):
        subprocess.run(["zip", "-q"] + args + ["out.zip", "."], cwd=d, check=True, env={**os.environ, **env})
        shutil.move(os.path.join(d, "out.zip"), os.path.join(HERE, archive))
    # A stream: sizes come after the bytes.
    with open(os.path.join(HERE, "stream.zip"), "wb") as out:
        r = subprocess.run("zip -q -r - . | cat", shell=True, cwd=d, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"}, stdout=subprocess.PIPE)
        out.write(r.stdout)
