#!/usr/bin/python3
"""Makes the web pages in this folder with LibreOffice, from the workbooks of
the xlsx reader's tests. Needs soffice; run it in this folder."""
import os, shutil, subprocess, tempfile

FROM = "../../xlsx/testdata/"

with tempfile.TemporaryDirectory() as tmp:
    for name in ("openpyxl", "xlsxwriter", "inline"):
        shutil.copy(FROM + name + ".xlsx", tmp)
        subprocess.run(["soffice", "-env:UserInstallation=file://%s/profile" % tmp, "--headless", "--convert-to",
                        "html", "--outdir", tmp, tmp + "/" + name + ".xlsx"], check=True, stdout=subprocess.DEVNULL)
        shutil.move(tmp + "/" + name + ".html", "soffice-%s.html" % name)
