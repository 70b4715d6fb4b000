// Writes workbooks with SheetJS into the folder given.
const path = require("path");
const XLSX = require("xlsx");
const out = process.argv[2];

function report() {
  const ws = XLSX.utils.aoa_to_sheet([
    ["UBND HUYỆN TRÀ CÚ", null, null, null, null, null],
    ["STT", "Tên xã", "Chỉ tiêu", null, "Tỷ lệ", "Ngày"],
    [null, null, "Kế hoạch", "Thực hiện", null, null],
  ]);
  const rows = [["Ngọc Biên", 56, 43.2], ["Hàm Giang", 56, 1 / 3], ["Lưu Nghiệp Anh", 1234567.89, -0.5]];
  rows.forEach((r, i) => {
    const n = i + 4;
    ws["A" + n] = { t: "n", v: i + 1 };
    ws["B" + n] = { t: "s", v: r[0] };
    ws["C" + n] = { t: "n", v: r[1], z: "#,##0.00" };
    ws["D" + n] = { t: "n", v: r[2] };
    ws["E" + n] = { t: "n", f: `D${n}/C${n}`, v: r[2] / r[1], z: "0.0%" };
    ws["F" + n] = { t: "n", v: 45107 + i, z: "dd/mm/yyyy" };
  });
  ws["C7"] = { t: "n", f: "SUM(C4:C6)" };
  ws["D7"] = { t: "s", f: 'IF(C7>0,"có","không")', v: "có" };
  ws["E7"] = { t: "b", v: true };
  ws["F7"] = { t: "e", v: 0x07 };
  ws["A8"] = { t: "s", v: " hai đầu\nxuống dòng & <ngoặc> _x0041_ " };
  ws["B8"] = { t: "s", v: "liên kết", l: { Target: "https://example.org/?a=1&b=2", Tooltip: "mẹo" } };
  ws["C8"] = { t: "s", v: "ghi chú", c: [{ a: "Phòng", t: "xem lại số này" }] };
  ws["!ref"] = "A1:F8";
  ws["!merges"] = ["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"].map(XLSX.utils.decode_range);
  ws["!rows"] = []; ws["!rows"][4] = { hidden: true };
  ws["!cols"] = [{}, { wch: 20 }, {}, {}, { hidden: true }];
  return ws;
}

function book(date1904) {
  const wb = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(wb, report(), "Biểu 03");
  XLSX.utils.book_append_sheet(wb, XLSX.utils.aoa_to_sheet([["ẩn"]]), "Ẩn");
  XLSX.utils.book_append_sheet(wb, XLSX.utils.aoa_to_sheet([]), "Trống");
  wb.Workbook = { Sheets: [{}, { Hidden: 2 }, { Hidden: 1 }], Names: [{ Name: "VungSoLieu", Ref: "'Biểu 03'!$A$4:$F$6" }], WBProps: { date1904 } };
  return wb;
}

XLSX.writeFile(book(false), path.join(out, "sheetjs.xlsx"), { bookSST: true, compression: true });
XLSX.writeFile(book(true), path.join(out, "sheetjs-1904.xlsx"), { bookSST: false });
const dates = XLSX.utils.aoa_to_sheet([[new Date(Date.UTC(2023, 5, 30)), new Date(Date.UTC(2023, 5, 30, 14, 5, 6))]], { cellDates: true });
const wb = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(wb, dates, "Ngày");
XLSX.writeFile(wb, path.join(out, "sheetjs-dates.xlsx"), { cellDates: true, compression: true });
