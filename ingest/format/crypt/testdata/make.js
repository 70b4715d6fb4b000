// Makes agile.xlsx of this folder from plain.xlsx: xlsx-populate (1.21) encrypts
// it as Excel 2013 and later do, with AES-256 and SHA-512, under the password of
// make.py. Run it where `npm install xlsx-populate` was run, with the path of
// this folder; the tests do not need it.
const XlsxPopulate = require("xlsx-populate");
const folder = process.argv[2] || ".";
XlsxPopulate.fromFileAsync(folder + "/plain.xlsx")
  .then((book) => book.toFileAsync(folder + "/agile.xlsx", { password: "Mật khẩu huyện Trà Cú".normalize("NFC") }));
