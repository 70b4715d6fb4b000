"""What clerks print above the columns: full names, short ones, numbers, slips."""

import hand
import ntm
from truth import OF

CRITERIA = {
    1: ["Quy hoạch", "QH"], 2: ["Giao thông", "GT"], 3: ["Thủy lợi", "Thủy lợi, PCTT", "TL và PCTT"], 4: ["Điện", "Điện NT"],
    5: ["Trường học", "T.học"], 6: ["CSVC văn hóa", "CSVCVH", "Cơ sở VC văn hóa"], 7: ["CSHT thương mại", "Chợ", "CSHT TMNT"],
    8: ["Thông tin - TT", "TT&TT", "Thông tin, truyền thông"], 9: ["Nhà ở", "Nhà ở DC"], 10: ["Thu nhập", "TNBQ"],
    11: ["Nghèo đa chiều", "Hộ nghèo", "NĐC"], 12: ["Lao động", "LĐ"], 13: ["TCSX và PTKTNT", "Tổ chức SX", "TCSX"],
    14: ["Giáo dục - ĐT", "GD-ĐT", "GD và ĐT"], 15: ["Y tế"], 16: ["Văn hóa", "VH"], 17: ["MT và ATTP", "Môi trường - ATTP", "Môi trường"],
    18: ["HTCT và TCPL", "HTCT - TCPL", "Hệ thống CT"], 19: ["QP và AN", "QP-AN", "Quốc phòng, an ninh"],
}

# one clerk's shorthand for each indicator
INDICATORS = {
    "1.1": "QHC xây dựng xã", "1.2": "Quy định QL quy hoạch", "2.1": "Đường xã (%)", "2.2": "Đường thôn, liên thôn (%)",
    "2.3": "Đường ngõ xóm (%)", "2.4": "Đường trục nội đồng (%)", "3.1": "Tưới tiêu chủ động (%)", "3.2": "PCTT tại chỗ",
    "4.1": "HT điện đạt chuẩn", "4.2": "Hộ dùng điện an toàn (%)", "5": "Trường đạt chuẩn CSVC (%)", "6.1": "NVH, sân thể thao xã",
    "6.2": "Điểm vui chơi, giải trí", "6.3": "Thôn có nhà văn hóa (%)", "7": "Chợ NT", "8.1": "Điểm bưu chính", "8.2": "Viễn thông, internet",
    "8.3": "Đài TT, loa", "8.4": "Ứng dụng CNTT", "9.1": "Nhà tạm, dột nát (nhà)", "9.2": "Nhà kiên cố, bán kiên cố (%)",
    "10": "TN bình quân (triệu đồng/người/năm)", "11": "TL nghèo đa chiều (%)", "12.1": "LĐ qua đào tạo (%)", "12.2": "LĐ có bằng cấp, chứng chỉ (%)",
    "13.1": "HTX hiệu quả", "13.2": "Liên kết SX", "13.3": "Truy xuất nguồn gốc", "13.4": "Làng nghề (nếu có)", "13.5": "Tổ khuyến nông CĐ",
    "14.1": "PCGD, xóa mù chữ", "14.2": "HS tốt nghiệp THCS học tiếp (%)", "15.1": "Tham gia BHYT (%)", "15.2": "Xã đạt TCQG y tế",
    "15.3": "Trẻ < 5 tuổi SDD thấp còi (%)", "15.4": "Sổ KCB điện tử (%)", "16": "Thôn đạt văn hóa", "17.1": "Hộ dùng nước sạch (%)",
    "17.2": "Cơ sở SXKD bảo đảm MT (%)", "17.3": "Cảnh quan xanh-sạch-đẹp", "17.4": "Đất cây xanh (m2/người)", "17.5": "Mai táng, hỏa táng",
    "17.6": "CTR được thu gom (%)", "17.7": "Bao gói thuốc BVTV (%)", "17.8": "Nhà tiêu, nhà tắm HVS (%)", "17.9": "Cơ sở chăn nuôi VSTY (%)",
    "17.10": "ATTP (%)", "17.11": "Phân loại CTR tại nguồn (%)", "17.12": "Chất thải nhựa thu gom (%)", "18.1": "CBCC đạt chuẩn",
    "18.2": "Đảng bộ, chính quyền", "18.3": "Tổ chức CT-XH (%)", "18.4": "Tiếp cận pháp luật", "18.5": "Bình đẳng giới",
    "18.6": "KH bồi dưỡng kiến thức", "19.1": "Quốc phòng, dân quân", "19.2": "An ninh trật tự",
}

# figures of the decision that a clerk may print; of those known for every region
PRINTED = {"3.1": "≥ 80%", "6.3": "100%", "15.1": "≥ 90%", "17.2": "100%", "17.4": "≥ 2 m2/người", "17.7": "100%",
           "17.10": "100%", "17.11": "≥ 30%", "17.12": "≥ 50%", "18.3": "100%"}


class Namer:
    def __init__(self, rng, h):
        self.rng, self.h = rng, h
        self.own = rng.random() < 0.5
        self.slipped = set(rng.sample(sorted(INDICATORS), h.slips)) | {str(c) for c in rng.sample(sorted(CRITERIA), h.slips)}

    def plain(self, text):
        if self.h.nfd:
            text = hand.nfd(text)
        return text

    def finish(self, text, key=""):
        if key in self.slipped and self.h.level != "clean":
            text = hand.slip(self.rng, text)
        if self.rng.random() < self.h.glue:
            text = hand.glue(self.rng, text)
        return self.plain(text)

    def number(self, c):
        return str(c)

    def criterion(self, c, numbered):
        """The label of a criterion; with its number above, only its name."""
        full, short = ntm.CRITERIA[c][0], self.rng.choice(CRITERIA[c][:2])
        way = self.h.criterion
        if numbered:
            text = short if "short" in way else full
        else:
            text = {"number full": f"{c}. {full}", "full dot": f"{c} {full}", "TC full": f"TC {c}: {full}", "full": full, "short": short,
                    "number short": f"{c}. {short}", "number": str(c), "TC": f"TC{c}", "capitals": f"{c}. {full.upper()}",
                    "number threshold": f"{c}. {full}"}[way]
        if self.h.form == "F1b" and self.h.marks != "each" and c == 10 and "number" != way and way != "TC":
            text += " (triệu đồng/người/năm)"
        return self.finish(text, str(c))

    def indicator(self, i):
        short = INDICATORS[i.no] if self.own else i.short
        text = {"number full": f"{i.no}. {i.name}", "number full colon": f"{i.no}: {i.name}", "number short": f"{i.no} {short}", "number": i.no,
                "short": short, "name": i.name, "paren": f"({i.no})", "CT": f"CT {i.no}",
                "number threshold": f"{i.no} {short}" + (f" ({PRINTED[i.no]})" if i.no in PRINTED else "")}[self.h.indicator]
        return self.finish(text, i.no)
