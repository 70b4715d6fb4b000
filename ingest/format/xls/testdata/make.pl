# Writes a workbook with Spreadsheet::WriteExcel, which does not compute its
# formulas: they are stored with a zero and the wish to be computed.
use strict;
use utf8;
use warnings;
use Spreadsheet::WriteExcel;

my $book  = Spreadsheet::WriteExcel->new($ARGV[0]);
my $sheet = $book->add_worksheet("Xã");
my $font  = $book->add_format(font => "VNI-Times", num_format => "#,##0.00");
$sheet->write(0, 0, 12.5, $font);
$sheet->write(1, 0, "Tổng hợp");
$sheet->write(2, 0, "plain");
$sheet->write_formula(3, 0, "=SUM(A1:A1)*2");
$sheet->write_formula(4, 0, "=A1&\"x\"", undef, "12.5x");
$sheet->write_formula(5, 0, "=A1/4", undef, 3.125);
$sheet->merge_range("A8:C9", "gộp", $book->add_format(align => "center"));
$sheet->set_row(9, undef, undef, 1);
$sheet->write(9, 0, "ẩn");
$sheet->set_column("F:G", 8, undef, 1);
$sheet->write(10, $_, $_ * 1.01) for 0 .. 9;
$sheet->write(11, 0, "x" x 30000);
$sheet->insert_chart("H1", $book->add_chart(type => "line", embedded => 1));
$book->add_worksheet("Ẩn")->hide();
$book->close();
