// Writes workbooks with exceljs into the folder given.
const path = require("path");
const ExcelJS = require("exceljs");
const out = process.argv[2];

function fill(ws) {
  ws.getCell("A1").value = { richText: [{ font: { name: ".VnTime", bold: true }, text: "UBND huyÖn " }, { font: { name: ".VnTime" }, text: "Trµ Có" }] };
  ws.getCell("A2").value = { richText: [{ font: { name: ".VnTime" }, text: "BiÓu " }, { font: { name: "Times New Roman" }, text: "tổng hợp" }] };
  ws.getCell("A2").font = { name: "Arial" };
  ws.getCell("A3").value = "Tªn x·";
  ws.getCell("A3").font = { name: ".VnTimeH" };
  ["Ngọc Biên", "Hàm Giang", "Lưu Nghiệp Anh"].forEach((name, i) => {
    const r = i + 4;
    ws.getCell("A" + r).value = name;
    ws.getCell("B" + r).value = 43.2 + i / 3;
    ws.getCell("C" + r).value = 0.456 + i;
    ws.getCell("C" + r).numFmt = "0.0%";
    ws.getCell("D" + r).value = new Date(Date.UTC(2023, 5, 28 + i, 6, 30));
    ws.getCell("D" + r).numFmt = "dd/mm/yyyy hh:mm";
  });
  ws.getCell("E4").value = { formula: "B4*$C$4+1", result: 20.7, shareType: "shared", ref: "E4:E6" };
  ws.getCell("E5").value = { sharedFormula: "E4", result: 21 };
  ws.getCell("E6").value = { sharedFormula: "E4" };
  ws.getCell("F4").value = { formula: 'IF(B4>1,"có","không")', result: "có" };
  ws.getCell("F5").value = { formula: "1/0", result: { error: "#DIV/0!" } };
  ws.getCell("F6").value = { formula: "B6>1", result: true };
  ws.getCell("F7").value = { formula: "SUM(B4:B6)" };
  ws.getCell("A8").value = { text: "liên kết", hyperlink: "https://example.org/?a=1&b=2", tooltip: "mẹo" };
  ws.getCell("B8").value = true;
  ws.getCell("C8").value = { error: "#N/A" };
  ws.getCell("D8").value = " \t_x000D_\nhai dòng";
  ws.getCell("A9").note = "chú thích, không phải nội dung";
  ws.mergeCells("A1:F1");
  ws.mergeCells("A2:C2");
  ws.getRow(5).hidden = true;
  ws.getColumn(3).hidden = true;
}

async function whole(name, date1904) {
  const wb = new ExcelJS.Workbook();
  wb.properties.date1904 = date1904;
  fill(wb.addWorksheet("Biểu 03", { views: [{ state: "frozen", ySplit: 3 }] }));
  wb.addWorksheet("Ẩn", { state: "veryHidden" }).getCell("C3").value = "ẩn";
  wb.definedNames.add("'Biểu 03'!$B$4:$B$6", "VungSoLieu");
  await wb.xlsx.writeFile(path.join(out, name));
}

async function streamed() {
  const wb = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path.join(out, "exceljs-stream.xlsx"), useStyles: true, useSharedStrings: false });
  const ws = wb.addWorksheet("Dòng");
  for (let i = 1; i <= 30; i++) {
    const row = ws.addRow([i, "Xã " + i, i / 7, i % 2 === 0]);
    row.hidden = i === 9;
    row.commit();
  }
  ws.commit();
  await wb.commit();
}

whole("exceljs.xlsx", false).then(() => whole("exceljs-1904.xlsx", true)).then(streamed);
