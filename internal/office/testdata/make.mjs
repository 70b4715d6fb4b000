// Writes the sheetjs.* files with SheetJS: npm install xlsx@0.18.5, then
// node make.mjs in this folder.
import XLSX from "xlsx";

const sheet = {
  "!ref": "A1:D4",
  A1: { t: "s", v: "Xã Ngọc Biên" }, B1: { t: "n", v: 43.2 }, C1: { t: "b", v: true }, D1: { t: "e", v: 0x2a, w: "#N/A" },
  A2: { t: "n", v: 1 / 3 }, B2: { t: "n", v: 1234567.891, z: "#,##0.00" }, C2: { t: "n", v: 45107, z: "dd/mm/yyyy" }, D2: { t: "n", v: 0.125, z: "0.0%" },
  A3: { t: "n", v: -7 }, B3: { t: "b", v: false },
  A4: { t: "s", v: "gộp" },
  "!merges": [{ s: { r: 3, c: 0 }, e: { r: 3, c: 2 } }],
};
const book = {
  SheetNames: ["Biểu 03", "Ẩn"],
  Sheets: { "Biểu 03": sheet, Ẩn: { "!ref": "A1:A1", A1: { t: "s", v: "x" } } },
  Workbook: { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] },
};
XLSX.writeFile(book, "sheetjs.xlsb", { bookType: "xlsb", bookSST: true });
