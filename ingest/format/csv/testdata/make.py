#!/usr/bin/python3
"""Makes the texts in this folder with programs that are not ours.

python-*.csv by Python's csv module, soffice-*.csv by LibreOffice from the
sample workbook of TX Duyên Hải, iconv-*.csv by glibc's iconv from one of
those. Needs soffice and iconv; run it in this folder.
"""
import csv, glob, os, shutil, subprocess, tempfile

ROWS = [
    ["UBND HUYỆN TRÀ CÚ", "", "", ""],
    ["STT", "Tên xã", "Thu nhập (triệu đồng)", "Ghi chú"],
    ["1", "Ngọc Biên", "43,2", 'nhà "Đại đoàn kết"'],
    ["2", "Hàm Giang", "1.234,5", "chưa đạt; chờ thẩm tra,\nsẽ bổ sung"],
    ["3", " Kim Sơn ", "85.5", "ống 5\" | 6\""],
    ["4", "Long Hiệp", "", "tab\tở giữa"],
]

DIALECTS = {
    "comma": dict(delimiter=","),
    "semicolon-all": dict(delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n"),
    "tab": dict(delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\r"),
    "bar": dict(delimiter="|", quoting=csv.QUOTE_NONNUMERIC),
}

SAMPLE = glob.glob("../../../../cmd/tonghop/samples/TX Duy*.xlsx")[0]

# separator, quote, character set, first line, "", language, quote all, as shown, ..., sheet
FILTERS = {
    "comma": "44,34,76,1,,0,false,true,false,false,false,2",
    "semicolon-quoted": "59,34,76,1,,0,true,true,false,false,false,2",
    "tab-utf16": "9,34,65535,1,,0,false,true,false,false,false,2",
}

ENCODINGS = {"1258": "CP1258", "utf16le": "UTF-16LE", "tcvn3": "TCVN"}


def small(text):
    """Toned capitals as small letters: TCVN3 fonts have none of their own."""
    return "".join(c if c in "ĂÂÊÔƠƯĐ" or ord(c) < 128 else c.lower() for c in text)


def main():
    for name, options in DIALECTS.items():
        with open("python-%s.csv" % name, "w", newline="", encoding="utf-8") as f:
            csv.writer(f, **options).writerows(ROWS)
    with tempfile.TemporaryDirectory() as tmp:
        shutil.copy(SAMPLE, tmp + "/sample.xlsx")
        for name, options in FILTERS.items():
            subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % tmp, "--headless",
                            "--convert-to", "csv:Text - txt - csv (StarCalc):" + options, "--outdir", tmp,
                            tmp + "/sample.xlsx"], check=True, stdout=subprocess.DEVNULL)
            shutil.move(glob.glob(tmp + "/sample*.csv")[0], "soffice-%s.csv" % name)
    text = open("soffice-semicolon-quoted.csv", encoding="utf-8").read()
    for name, code in ENCODINGS.items():
        body = small(text) if name == "tcvn3" else text
        body = body.replace("≥", "?").replace("–", "-") if name != "utf16le" else body
        out = subprocess.run(["iconv", "-f", "UTF-8", "-t", code], input=body.encode(), stdout=subprocess.PIPE, check=True)
        open("iconv-%s.csv" % name, "wb").write(out.stdout)


main()
