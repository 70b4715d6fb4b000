#!/bin/sh
# Opens workbooks of the other programs in LibreOffice and saves them again,
# by way of its own format so that nothing is kept as it was written.
set -eu
dir=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for name in exceljs sheetjs-1904; do
	soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to ods --outdir "$tmp" "$dir/$name.xlsx" >/dev/null
	soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to "xlsx:Calc MS Excel 2007 XML" --outdir "$tmp" "$tmp/$name.ods" >/dev/null
	cp "$tmp/$name.xlsx" "$dir/libreoffice-$name.xlsx"
done
