"""The examination of another form: its criteria take the place of ntm.py's.

    use("xa-ntm-nc/2021-2025")

Full names, kinds and figures come from the program's own criteria; a figure
called met satisfies all that are written down for any region, an unmet one
misses them. The short names are one clerk's, and stand only here.
"""

import os
import re
from decimal import Decimal

import habit
import labels
import ntm
import page
import truth

FORMS = ("xa-ntm/2021-2025", "xa-ntm-nc/2021-2025", "xa-ntm/2016-2020")
HERE = os.path.dirname(os.path.abspath(__file__))

TITLES = {
    "xa-ntm-nc/2021-2025": [
        "TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI NÂNG CAO GIAI ĐOẠN 2021-2025",
        "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN TIÊU CHÍ XÃ NTM NÂNG CAO",
        "KẾT QUẢ THỰC HIỆN 19 TIÊU CHÍ XÃ NÔNG THÔN MỚI NÂNG CAO",
        "Biểu số 02: Kết quả thực hiện tiêu chí xã nông thôn mới nâng cao",
        "BÁO CÁO KẾT QUẢ RÀ SOÁT XÃ ĐẠT CHUẨN NTM NÂNG CAO",
    ],
    "xa-ntm/2016-2020": [
        "TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI GIAI ĐOẠN 2016-2020",
        "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI",
        "KẾT QUẢ THỰC HIỆN 19 TIÊU CHÍ XÂY DỰNG NÔNG THÔN MỚI CỦA CÁC XÃ",
        "KẾT QUẢ RÀ SOÁT 49 CHỈ TIÊU XÃ NTM (QĐ 1980/QĐ-TTg)",
    ],
}
PERIODS = {"xa-ntm/2016-2020": ("2018-06", "2019", "2020-Q3", "2021-06", "2021-9M", "2021", "2019-H1", "2017-11")}
EXTRA = {"xa-ntm/2016-2020": "(Áp dụng Quyết định số 1980/QĐ-TTg ngày 17/10/2016)"}

# short names of criteria where they are not those of the form of today
CRITERIA = {
    "xa-ntm-nc/2021-2025": {5: ["Giáo dục", "GD"], 6: ["Văn hóa", "VH"], 14: ["Y tế"], 15: ["Hành chính công", "HC công"],
                            16: ["Tiếp cận PL", "TCPL"], 17: ["Môi trường", "MT"], 18: ["CL môi trường sống", "Chất lượng MT sống"]},
    "xa-ntm/2016-2020": {3: ["Thủy lợi", "TL"], 11: ["Hộ nghèo", "Nghèo"], 12: ["LĐ có việc làm", "Việc làm"], 13: ["Tổ chức SX", "TCSX"]},
}

SHORT = {
    "xa-ntm-nc/2021-2025": """
1.1 QHC còn thời hạn | 1.2 Quy chế quản lý QH | 1.3 QH chi tiết trung tâm xã | 2.1 Đường xã được bảo trì (%) | 2.2 Đường thôn cứng hóa, bảo trì (%)
2.3 Đường ngõ xóm cứng hóa (%) | 2.4 Đường trục nội đồng cứng hóa (%) | 3.1 Tưới tiêu chủ động (%) | 3.2 Tổ chức thủy lợi cơ sở
3.3 Tưới tiên tiến, TK nước (%) | 3.4 CT thủy lợi được bảo trì (%) | 3.5 Kiểm soát nguồn nước thải vào CTTL | 3.6 PCTT 4 tại chỗ | 4 Hộ dùng điện an toàn (%)
5.1 Trường đạt CSVC mức độ 1 (%) | 5.2 PCGD mầm non 5 tuổi | 5.3 PCGD tiểu học, THCS | 5.4 Xóa mù chữ | 5.5 Cộng đồng học tập | 5.6 Mô hình GD thể chất
6.1 Dụng cụ TDTT công cộng | 6.2 Di sản văn hóa | 6.3 Thôn đạt văn hóa, NTM (%) | 7 Chợ thí điểm ATTP | 8.1 Bưu chính phục vụ DVC | 8.2 Thuê bao ĐT thông minh (%)
8.3 Dịch vụ báo chí | 8.4 Ứng dụng CNTT quản lý | 8.5 Wifi miễn phí | 9 Nhà kiên cố, bán kiên cố (%) | 10 TN bình quân (triệu đồng/người/năm) | 11 TL nghèo đa chiều (%)
12.1 LĐ qua đào tạo (%) | 12.2 LĐ có bằng cấp, chứng chỉ (%) | 12.3 LĐ ngành KT chủ lực (%) | 13.1 HTX có HĐ liên kết | 13.2 Sản phẩm OCOP | 13.3 Mô hình công nghệ cao
13.4 CĐS truy xuất nguồn gốc | 13.5 SP bán qua TMĐT (%) | 13.6 Mã vùng nguyên liệu | 13.7 Quảng bá điểm du lịch | 13.8 Mô hình đa giá trị | 14.1 Tham gia BHYT (%)
14.2 Dân số được QL sức khỏe (%) | 14.3 KCB từ xa (%) | 14.4 Sổ KCB điện tử (%) | 15.1 CNTT giải quyết TTHC | 15.2 DVC trực tuyến mức độ 3 | 15.3 TTHC đúng quy định
16.1 Mô hình PBGDPL, hòa giải | 16.2 Hòa giải thành (%) | 16.3 Được trợ giúp pháp lý (%) | 17.1 Hạ tầng BVMT khu chăn nuôi | 17.2 Cơ sở SXKD bảo đảm MT (%)
17.3 CTR sinh hoạt được thu gom (%) | 17.4 Hộ xử lý nước thải (%) | 17.5 Phân loại CTR tại nguồn (%) | 17.6 CTR nguy hại được xử lý (%) | 17.7 Chất thải hữu cơ tái chế (%)
17.8 Cơ sở chăn nuôi VSTY (%) | 17.9 Nghĩa trang, cơ sở hỏa táng | 17.10 TL hỏa táng (%) | 17.11 Đất cây xanh (m2/người) | 17.12 Chất thải nhựa thu gom (%)
18.1 Hộ dùng nước sạch tập trung (%) | 18.2 Nước sinh hoạt BQ (lít/người/ngày đêm) | 18.3 CT cấp nước bền vững (%) | 18.4 Tập huấn ATTP (%) | 18.5 Không có sự cố ATTP
18.6 Cơ sở chứng nhận ATTP (%) | 18.7 Nhà tiêu, nhà tắm, 3 sạch (%) | 18.8 Bãi chôn lấp CTR (%) | 19.1 BCH quân sự, dân quân | 19.2 An ninh, camera""",
    "xa-ntm/2016-2020": """
1.1 QHC xây dựng xã | 1.2 Quy định QL quy hoạch | 2.1 Đường xã (%) | 2.2 Đường trục thôn, liên thôn (%) | 2.3 Đường ngõ xóm (%) | 2.4 Đường trục nội đồng (%)
3.1 Tưới tiêu chủ động (%) | 3.2 PCTT tại chỗ | 4.1 HT điện đạt chuẩn | 4.2 Hộ dùng điện an toàn (%) | 5 Trường đạt chuẩn CSVC (%) | 6.1 NVH, sân thể thao xã
6.2 Điểm vui chơi, giải trí | 6.3 Thôn có nhà văn hóa (%) | 7 Chợ NT | 8.1 Điểm bưu chính | 8.2 Viễn thông, internet | 8.3 Đài TT, loa | 8.4 Ứng dụng CNTT
9.1 Nhà tạm, dột nát (nhà) | 9.2 Nhà đạt chuẩn (%) | 10 TN bình quân (triệu đồng/người) | 11 TL hộ nghèo (%) | 12 Người có việc làm (%) | 13.1 HTX theo Luật 2012
13.2 Liên kết SX | 14.1 PCGD, xóa mù chữ | 14.2 HS tốt nghiệp THCS học tiếp (%) | 14.3 LĐ qua đào tạo (%) | 15.1 Tham gia BHYT (%) | 15.2 Xã đạt TCQG y tế
15.3 Trẻ < 5 tuổi SDD thấp còi (%) | 16 Thôn đạt văn hóa (%) | 17.1 Nước HVS, nước sạch (%) | 17.2 Cơ sở SXKD bảo đảm MT (%) | 17.3 Cảnh quan xanh-sạch-đẹp | 17.4 Mai táng
17.5 CTR, nước thải | 17.6 Nhà tiêu, nhà tắm HVS (%) | 17.7 Chuồng trại HVS (%) | 17.8 ATTP (%) | 18.1 CBCC đạt chuẩn | 18.2 Đủ tổ chức HTCT | 18.3 Đảng bộ, chính quyền
18.4 Tổ chức CT-XH | 18.5 Tiếp cận pháp luật | 18.6 Bình đẳng giới | 19.1 Quốc phòng, dân quân | 19.2 An ninh trật tự""",
}


def short(form):
    pairs = (p.strip().split(" ", 1) for p in SHORT[form].replace("\n", "|").split("|") if p.strip())
    return {no: name for no, name in pairs}


def criteria(form):
    """The criteria as {number: name} and their indicators, from the program's own file."""
    name = form.replace("/", "-")
    with open(os.path.join(HERE, "..", "..", "..", "..", "templates", "criteria", name, "criteria.yaml"), encoding="utf-8") as f:
        text = f.read().split("\ncriteria:\n", 1)[1]
    names, found = {}, []
    for block in re.split(r"\n  - no: ", text)[1:]:
        no, rest = block.split("\n", 1)
        names[int(no)] = re.search(r'name: "(.*)"', rest)[1]
        for part in re.split(r"\n      - no: ", rest)[1:]:
            found.append(indicator(form, part))
    return names, found


def indicator(form, text):
    no = re.match(r'"([\d.]+)"', text)[1]
    kind = {"percent": ntm.P, "number": ntm.N, "count": ntm.C}.get(re.search(r"type: (\w+)", text)[1], ntm.B)
    name, met, unmet = re.search(r'name: "(.*)"', text)[1], None, None
    at = re.search(r"(thresholds|by_year):[\s\S]*", text)
    known = [Decimal(v) for v in re.findall(r'"(\d+(?:\.\d+)?)(?: \(\d+\))?"', at[0])] if at else []
    if kind == ntm.C:
        met, unmet = (0, 0), (2, 17)
    elif kind != ntm.B:
        met, unmet = ranges(kind, "<=" in text, known)
    return ntm.Indicator(no, kind, met, unmet, name, short(form)[no])


def ranges(kind, most, known):
    low, high = (int(min(known)), int(max(known))) if known else (5, 5) if most else (60, 80)
    if most:
        return (1, max(low, 1)), (high + 3, high + 12)
    top = min(100, high + 10) if kind == ntm.P else high * 2
    return (high, top), (max(low // 2, 1), max(low - 2, 1))


def use(form):
    """Lays a form's criteria, labels, titles and periods over those of today's."""
    if form == FORMS[0]:
        return
    names, found = criteria(form)
    abbreviated = {n: labels.CRITERIA.get(n) for n in names} | CRITERIA[form]
    fill(ntm.CRITERIA, {n: (full, abbreviated[n][0]) for n, full in names.items()})
    fill(labels.CRITERIA, abbreviated)
    fill(labels.INDICATORS, short(form))
    fill(labels.PRINTED, {})
    ntm.INDICATORS[:] = found
    fill(ntm.BY_CRITERION, {n: [i for i in found if i.criterion == n] for n in names})
    page.TITLES[:] = TITLES[form]
    if form in EXTRA:
        page.EXTRA_TITLES[:] = [EXTRA[form] if "318" in t else t for t in page.EXTRA_TITLES]
    habit.PERIODS = PERIODS.get(form, habit.PERIODS)
    truth._figure = figure


def fill(d, values):
    d.clear()
    d.update(values)


def figure(rng, ind, met, year):
    low, high = ind.met if met else ind.unmet
    return Decimal(rng.randint(low, high)) if ind.kind == ntm.C else truth.draw(rng, low, high)


def singles():
    """The criteria that are one indicator."""
    return sorted(str(n) for n, inds in ntm.BY_CRITERION.items() if len(inds) == 1)
