"""The commune criteria of 2021-2025 and believable results under them.

The table holds the 19 criteria and 57 indicators of Decision 318/QĐ-TTg of
08/3/2022, annex I, in full wording and in the short wording clerks use, and
for each indicator what a met and an unmet result looks like. A result that is
called met also satisfies every regional figure known for the indicator, and
an unmet one misses it, so that no value contradicts its mark unless a fault
was planted on purpose.
"""

import csv
import os
from dataclasses import dataclass, field
from decimal import Decimal

MET, BASIC, NOT_MET, NA = "met", "basically_met", "not_met", "not_applicable"

GROUPS = [
    ("I", "Quy hoạch", 1, 1),
    ("II", "Hạ tầng kinh tế - xã hội", 2, 9),
    ("III", "Kinh tế và tổ chức sản xuất", 10, 13),
    ("IV", "Văn hóa - Xã hội - Môi trường", 14, 17),
    ("V", "Hệ thống chính trị", 18, 19),
]

# number: full name, short name
CRITERIA = {
    1: ("Quy hoạch", "Quy hoạch"),
    2: ("Giao thông", "Giao thông"),
    3: ("Thủy lợi và phòng, chống thiên tai", "Thuỷ lợi và PCTT"),
    4: ("Điện", "Điện"),
    5: ("Trường học", "Trường học"),
    6: ("Cơ sở vật chất văn hóa", "CSVC văn hoá"),
    7: ("Cơ sở hạ tầng thương mại nông thôn", "CSHT thương mại NT"),
    8: ("Thông tin và Truyền thông", "TT&TT"),
    9: ("Nhà ở dân cư", "Nhà ở dân cư"),
    10: ("Thu nhập", "Thu nhập"),
    11: ("Nghèo đa chiều", "Nghèo đa chiều"),
    12: ("Lao động", "Lao động"),
    13: ("Tổ chức sản xuất và phát triển kinh tế nông thôn", "Tổ chức SX và PT KTNT"),
    14: ("Giáo dục và Đào tạo", "GD&ĐT"),
    15: ("Y tế", "Y tế"),
    16: ("Văn hóa", "Văn hoá"),
    17: ("Môi trường và an toàn thực phẩm", "Môi trường và ATTP"),
    18: ("Hệ thống chính trị và tiếp cận pháp luật", "HTCT và tiếp cận PL"),
    19: ("Quốc phòng và An ninh", "QP&AN"),
}

P, N, C, B = "percent", "number", "count", "mark"

# number, kind, met from-to, unmet from-to, full wording, short wording
_TABLE = [
    ("1.1", B, None, None, "Có quy hoạch chung xây dựng xã được phê duyệt phù hợp với định hướng phát triển kinh tế - xã hội của xã giai đoạn 2021-2025 và được công bố công khai đúng thời hạn", "QH chung XD xã được duyệt, công bố"),
    ("1.2", B, None, None, "Ban hành quy định quản lý quy hoạch chung xây dựng xã và tổ chức thực hiện theo quy hoạch", "Quy định quản lý QH chung XD xã"),
    ("2.1", P, (96, 100), (55, 75), "Tỷ lệ đường xã được nhựa hóa hoặc bê tông hóa, đảm bảo ô tô đi lại thuận tiện quanh năm", "TL đường xã nhựa/bê tông hóa"),
    ("2.2", P, (82, 100), (40, 62), "Tỷ lệ đường thôn, bản, ấp và đường liên thôn, bản, ấp ít nhất được cứng hóa, đảm bảo ô tô đi lại thuận tiện quanh năm", "TL đường ấp, liên ấp được cứng hóa"),
    ("2.3", P, (85, 100), (45, 65), "Tỷ lệ đường ngõ, xóm sạch và đảm bảo đi lại thuận tiện quanh năm", "TL đường ngõ, xóm sạch"),
    ("2.4", P, (75, 100), (35, 55), "Tỷ lệ đường trục chính nội đồng đảm bảo vận chuyển hàng hóa thuận tiện quanh năm", "TL đường trục chính nội đồng"),
    ("3.1", P, (82, 99), (52, 76), "Tỷ lệ diện tích đất sản xuất nông nghiệp được tưới và tiêu nước chủ động đạt từ 80% trở lên", "TL đất SXNN được tưới, tiêu chủ động"),
    ("3.2", B, None, None, "Đảm bảo yêu cầu chủ động về phòng chống thiên tai theo phương châm 4 tại chỗ", "PCTT theo phương châm 4 tại chỗ"),
    ("4.1", B, None, None, "Hệ thống điện đạt chuẩn", "Hệ thống điện đạt chuẩn"),
    ("4.2", P, (98, 100), (84, 94), "Tỷ lệ hộ có đăng ký trực tiếp và được sử dụng điện sinh hoạt, sản xuất đảm bảo an toàn, tin cậy và ổn định", "TL hộ sử dụng điện an toàn"),
    ("5", P, (80, 100), (30, 65), "Tỷ lệ trường học các cấp (mầm non, tiểu học, THCS, hoặc trường phổ thông có nhiều cấp học có cấp học cao nhất là THCS) đạt tiêu chuẩn cơ sở vật chất theo quy định của Bộ Giáo dục và Đào tạo", "TL trường học các cấp đạt chuẩn CSVC"),
    ("6.1", B, None, None, "Xã có nhà văn hóa hoặc hội trường đa năng và sân thể thao phục vụ sinh hoạt văn hóa, thể thao của toàn xã", "Nhà văn hóa, sân thể thao xã"),
    ("6.2", B, None, None, "Xã có điểm vui chơi, giải trí và thể thao cho trẻ em và người cao tuổi theo quy định", "Điểm vui chơi cho trẻ em, người cao tuổi"),
    ("6.3", P, (100, 100), (55, 92), "Tỷ lệ thôn, bản, ấp có nhà văn hóa hoặc nơi sinh hoạt văn hóa, thể thao phục vụ cộng đồng", "TL ấp có nhà văn hóa"),
    ("7", B, None, None, "Xã có chợ nông thôn hoặc nơi mua bán, trao đổi hàng hóa", "Chợ hoặc nơi mua bán hàng hóa"),
    ("8.1", B, None, None, "Xã có điểm phục vụ bưu chính", "Điểm phục vụ bưu chính"),
    ("8.2", B, None, None, "Xã có dịch vụ viễn thông, internet", "Dịch vụ viễn thông, internet"),
    ("8.3", B, None, None, "Xã có đài truyền thanh và hệ thống loa đến các thôn", "Đài truyền thanh, loa đến ấp"),
    ("8.4", B, None, None, "Xã có ứng dụng công nghệ thông tin trong công tác quản lý, điều hành", "Ứng dụng CNTT trong quản lý"),
    ("9.1", C, (0, 0), (2, 17), "Nhà tạm, dột nát", "Nhà tạm, dột nát"),
    ("9.2", P, (84, 99), (48, 66), "Tỷ lệ hộ có nhà ở kiên cố hoặc bán kiên cố", "TL hộ có nhà kiên cố, bán kiên cố"),
    ("10", N, None, None, "Thu nhập bình quân đầu người (triệu đồng/người/năm)", "Thu nhập BQĐN (triệu đồng)"),
    ("11", P, None, None, "Tỷ lệ nghèo đa chiều giai đoạn 2021-2025", "TL nghèo đa chiều"),
    ("12.1", P, (75, 92), (38, 55), "Tỷ lệ lao động qua đào tạo (áp dụng đạt cho cả nam và nữ)", "TL lao động qua đào tạo"),
    ("12.2", P, (28, 48), (8, 17), "Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ (áp dụng đạt cho cả nam và nữ)", "TL LĐ có bằng cấp, chứng chỉ"),
    ("13.1", B, None, None, "Xã có hợp tác xã hoạt động hiệu quả và theo đúng quy định của Luật Hợp tác xã", "HTX hoạt động hiệu quả"),
    ("13.2", B, None, None, "Xã có mô hình liên kết sản xuất gắn với tiêu thụ sản phẩm chủ lực đảm bảo bền vững", "Mô hình liên kết SX - tiêu thụ"),
    ("13.3", B, None, None, "Thực hiện truy xuất nguồn gốc các sản phẩm chủ lực của xã gắn với xây dựng vùng nguyên liệu và được chứng nhận VietGAP hoặc tương đương", "Truy xuất nguồn gốc SP chủ lực"),
    ("13.4", B, None, None, "Có kế hoạch và triển khai kế hoạch bảo tồn, phát triển làng nghề, làng nghề truyền thống (nếu có) gắn với hạ tầng về bảo vệ môi trường", "KH bảo tồn làng nghề (nếu có)"),
    ("13.5", B, None, None, "Có tổ khuyến nông cộng đồng hoạt động hiệu quả", "Tổ khuyến nông cộng đồng"),
    ("14.1", B, None, None, "Phổ cập giáo dục mầm non cho trẻ em 5 tuổi; phổ cập giáo dục tiểu học; phổ cập giáo dục trung học cơ sở; xóa mù chữ", "Phổ cập GD, xóa mù chữ"),
    ("14.2", P, (88, 100), (50, 65), "Tỷ lệ học sinh (áp dụng đạt cho cả nam và nữ) tốt nghiệp trung học cơ sở được tiếp tục học trung học (phổ thông, giáo dục thường xuyên, trung cấp)", "TL HS tốt nghiệp THCS học tiếp"),
    ("15.1", P, (91, 99), (70, 87), "Tỷ lệ người dân tham gia bảo hiểm y tế (áp dụng đạt cho cả nam và nữ)", "TL tham gia BHYT"),
    ("15.2", B, None, None, "Xã đạt tiêu chí quốc gia về y tế", "Đạt tiêu chí QG về y tế"),
    ("15.3", P, (7, 18), (25, 33), "Tỷ lệ trẻ em dưới 5 tuổi bị suy dinh dưỡng thể thấp còi (chiều cao theo tuổi)", "TL trẻ dưới 5 tuổi SDD thấp còi"),
    ("15.4", P, (91, 98), (20, 44), "Tỷ lệ dân số có sổ khám chữa bệnh điện tử", "TL dân số có sổ KCB điện tử"),
    ("16", B, None, None, "Tỷ lệ thôn, bản, ấp đạt tiêu chuẩn văn hóa theo quy định, có kế hoạch và thực hiện kế hoạch xây dựng nông thôn mới", "TL ấp đạt chuẩn văn hóa"),
    ("17.1", P, (98, 100), (55, 70), "Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn", "TL hộ dùng nước sạch"),
    ("17.2", P, (100, 100), (70, 95), "Tỷ lệ cơ sở sản xuất - kinh doanh, nuôi trồng thủy sản, làng nghề đảm bảo quy định về bảo vệ môi trường", "TL cơ sở SXKD đảm bảo BVMT"),
    ("17.3", B, None, None, "Cảnh quan, không gian xanh - sạch - đẹp, an toàn; không để xảy ra tồn đọng nước thải sinh hoạt tại các khu dân cư tập trung", "Cảnh quan xanh - sạch - đẹp"),
    ("17.4", N, (2, 5), (1, 1), "Đất cây xanh sử dụng công cộng tại điểm dân cư nông thôn (m2/người)", "Đất cây xanh công cộng (m2/người)"),
    ("17.5", B, None, None, "Mai táng, hỏa táng phù hợp với quy định và theo quy hoạch", "Mai táng, hỏa táng theo QH"),
    ("17.6", P, (88, 100), (40, 60), "Tỷ lệ chất thải rắn sinh hoạt và chất thải rắn không nguy hại trên địa bàn được thu gom, xử lý theo quy định", "TL chất thải rắn được thu gom"),
    ("17.7", P, (100, 100), (60, 95), "Tỷ lệ bao gói thuốc bảo vệ thực vật sau sử dụng và chất thải rắn y tế được thu gom, xử lý đáp ứng yêu cầu về bảo vệ môi trường", "TL bao gói thuốc BVTV, CTR y tế"),
    ("17.8", P, (88, 99), (45, 65), "Tỷ lệ hộ có nhà tiêu, nhà tắm, thiết bị chứa nước sinh hoạt hợp vệ sinh và đảm bảo 3 sạch", "TL hộ có nhà tiêu, nhà tắm HVS, 3 sạch"),
    ("17.9", P, (86, 99), (40, 55), "Tỷ lệ cơ sở chăn nuôi đảm bảo các quy định về vệ sinh thú y, chăn nuôi và bảo vệ môi trường", "TL cơ sở chăn nuôi đảm bảo VSTY"),
    ("17.10", P, (100, 100), (78, 97), "Tỷ lệ hộ gia đình và cơ sở sản xuất, kinh doanh thực phẩm tuân thủ các quy định về đảm bảo an toàn thực phẩm", "TL hộ, cơ sở tuân thủ ATTP"),
    ("17.11", P, (51, 70), (8, 28), "Tỷ lệ hộ gia đình thực hiện phân loại chất thải rắn tại nguồn", "TL hộ phân loại CTR tại nguồn"),
    ("17.12", P, (52, 85), (20, 46), "Tỷ lệ chất thải nhựa phát sinh trên địa bàn được thu gom, tái sử dụng, tái chế, xử lý theo quy định", "TL chất thải nhựa được thu gom"),
    ("18.1", B, None, None, "Cán bộ, công chức xã đạt chuẩn", "CBCC xã đạt chuẩn"),
    ("18.2", B, None, None, "Đảng bộ, chính quyền xã được xếp loại chất lượng hoàn thành tốt nhiệm vụ trở lên", "Đảng bộ, chính quyền HTTNV"),
    ("18.3", P, (100, 100), (50, 84), "Tổ chức chính trị - xã hội của xã được xếp loại chất lượng hoàn thành tốt nhiệm vụ trở lên", "Tổ chức CT-XH xếp loại HTTNV"),
    ("18.4", B, None, None, "Xã đạt chuẩn tiếp cận pháp luật theo quy định", "Xã đạt chuẩn tiếp cận PL"),
    ("18.5", B, None, None, "Đảm bảo bình đẳng giới và phòng chống bạo lực gia đình; phòng chống xâm hại trẻ em; bảo vệ và hỗ trợ trẻ em có hoàn cảnh đặc biệt trên địa bàn (nếu có); bảo vệ và hỗ trợ những người dễ bị tổn thương trong các lĩnh vực của gia đình và đời sống xã hội", "Bình đẳng giới, PC bạo lực GĐ"),
    ("18.6", B, None, None, "Có kế hoạch và triển khai kế hoạch bồi dưỡng kiến thức về xây dựng nông thôn mới cho người dân, đào tạo nâng cao năng lực cộng đồng gắn với nâng cao hiệu quả hoạt động của Ban Phát triển thôn", "KH bồi dưỡng kiến thức XDNTM"),
    ("19.1", B, None, None, "Xây dựng lực lượng dân quân “vững mạnh, rộng khắp” và hoàn thành các chỉ tiêu quân sự, quốc phòng", "Lực lượng dân quân, QP"),
    ("19.2", B, None, None, "Không có hoạt động xâm phạm an ninh quốc gia; không có khiếu kiện đông người kéo dài trái pháp luật; tội phạm và tệ nạn xã hội được kiềm chế, giảm; có mô hình gắn với phong trào toàn dân bảo vệ an ninh Tổ quốc hoạt động thường xuyên, hiệu quả", "An ninh, trật tự xã hội"),
]


@dataclass(frozen=True)
class Indicator:
    no: str
    kind: str
    met: tuple
    unmet: tuple
    name: str
    short: str

    @property
    def criterion(self):
        return int(self.no.split(".")[0])


INDICATORS = [Indicator(*row) for row in _TABLE]
BY_CRITERION = {c: [i for i in INDICATORS if i.criterion == c] for c in CRITERIA}
assert len(INDICATORS) == 57


def single(criterion):
    """A criterion with one indicator has no field TCn: it uses its own number."""
    return len(BY_CRITERION[criterion]) == 1


@dataclass(frozen=True)
class Office:
    code: str
    kind: str  # huyện, thị xã, thành phố
    name: str
    province: str
    province_name: str
    communes: tuple  # of (code, name), xã only

    @property
    def full(self):
        return f"{self.kind} {self.name}"


def offices():
    """Reads units.csv: the district offices that have at least one xã."""
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "units.csv"), encoding="utf-8", newline="") as f:
        rows = csv.DictReader(line for line in f if not line.startswith("#"))
        found = {}
        for r in rows:
            key = (r["district"], r["district_kind"], r["district_name"], r["province"], r["province_name"])
            found.setdefault(key, [])
            if r["kind"] == "xã":
                found[key].append((r["code"], r["name"]))
    return {k[0]: Office(*k, tuple(v)) for k, v in found.items() if v}


@dataclass
class Commune:
    code: str
    name: str
    status: dict = field(default_factory=dict)  # criterion -> mark
    result: dict = field(default_factory=dict)  # indicator -> Decimal, or a mark

    @property
    def total(self):
        return sum(1 for s in self.status.values() if s == MET)


def _between(rng, low, high):
    """A figure with no, one or two decimals; whole and round ones are common."""
    places = rng.choice([0, 0, 1, 1, 1, 2])
    scale = 10 ** places
    return norm(Decimal(rng.randint(int(low * scale), int(high * scale))) / scale)


def norm(d):
    """Canonical decimal: no exponent, no trailing zeros."""
    d = d.normalize()
    return d.quantize(Decimal(1)) if d == d.to_integral_value() else d


def _figure(rng, ind, mark, region, year):
    if ind.no == "10":
        line = (53 if region == "84" else 39) + 3 * (year - 2022)
        if mark == MET:
            return _between(rng, line + 1, line + 16)
        return _between(rng, line - 14, line - 2) if mark == NOT_MET else _between(rng, line - 2, line - 1)
    if ind.no == "11":
        met, unmet = ((2, 4), (9, 14)) if region == "84" else ((3, 11), (17, 42))
        return _between(rng, *(met if mark == MET else unmet))
    if ind.no == "17.4" and mark != MET:
        return Decimal(rng.choice(["1.2", "1.4", "1.5", "1.75", "1.8"]))
    low, high = ind.met if mark == MET else ind.unmet
    if ind.kind == C:
        return Decimal(rng.randint(low, high))
    return _between(rng, low, high)


def commune_results(rng, code, name, region, year, level, basic_share, culture_as_number):
    """Draws one commune: criteria met or not, and results that agree with that.

    level is the share of criteria met on average; basic_share the share of
    unmet criteria that are called basically met.
    """
    c = Commune(code, name)
    full = rng.random() < (level - 0.7) * 1.6
    for cr, inds in BY_CRITERION.items():
        hard = 1.6 if cr in (2, 10, 11, 12, 17) else 0.7
        unmet = not full and rng.random() < (1 - level) * hard
        mark = MET
        if unmet:
            mark = BASIC if rng.random() < basic_share else NOT_MET
        c.status[cr] = mark
        fails = set()
        if mark != MET:
            # an optional indicator never is the reason; culture as a number has no threshold
            able = [i for i in inds if i.no != "13.4"]
            fails = {i.no for i in rng.sample(able, 1 if mark == BASIC else min(len(able), rng.choice([1, 1, 2])))}
        for i in inds:
            here = mark if i.no in fails else MET
            if i.kind == B and not (i.no == "16" and culture_as_number):
                c.result[i.no] = here
            elif i.no == "16":
                c.result[i.no] = _between(rng, 85, 100) if here == MET else _between(rng, 40, 60)
            else:
                c.result[i.no] = _figure(rng, i, here, region, year)
    return c
