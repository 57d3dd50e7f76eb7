"""The provinces of China: what the census counted, typed from its communiqués, and beds that are made up."""

import pandas as pd

from sample_data.region_files import STAYS_FROM_65, STAYS_UNDER_65

# people, share from 65 on [%], and beds made up in half steps [units/1,000 people]
# fmt: off
COUNTED = {
    "东部": {
        "北京": (21_893_095, 13.30, 6.0), "天津": (13_866_009, 14.75, 5.0), "河北": (74_610_235, 13.92, 6.0),
        "上海": (24_870_895, 16.28, 6.0), "江苏": (84_748_016, 16.20, 6.5), "浙江": (64_567_588, 13.27, 5.5),
        "福建": (41_540_086, 11.10, 5.0), "山东": (101_527_453, 15.13, 6.5), "广东": (126_012_510, 8.58, 4.5),
        "海南": (10_081_232, 10.43, 6.0),
    },
    "中部": {
        "山西": (34_915_616, 12.90, 6.5), "安徽": (61_027_171, 15.01, 6.5), "江西": (45_188_635, 11.89, 6.5),
        "河南": (99_365_519, 13.49, 6.5), "湖北": (57_752_557, 14.59, 7.0), "湖南": (66_444_864, 14.81, 8.0),
    },
    "西部": {
        "内蒙古": (24_049_155, 13.05, 6.5), "广西": (50_126_804, 12.20, 6.0), "重庆": (32_054_159, 17.08, 7.5),
        "四川": (83_674_866, 16.93, 8.0), "贵州": (38_562_148, 11.56, 7.0), "云南": (47_209_277, 10.75, 7.0),
        "西藏": (3_648_100, 5.67, 5.0), "陕西": (39_528_999, 13.32, 7.0), "甘肃": (25_019_831, 12.58, 7.0),
        "青海": (5_923_957, 8.68, 7.0), "宁夏": (7_202_654, 9.62, 5.5), "新疆": (25_852_345, 7.76, 7.0),
    },
    "东北": {
        "辽宁": (42_591_407, 17.42, 7.5), "吉林": (24_073_453, 15.61, 7.0), "黑龙江": (31_850_088, 15.61, 8.0),
    },
}
# fmt: on


def provinces() -> pd.DataFrame:
    """Build one row a province by part of the country, with column names in Chinese and an illustrative demand."""
    rows = [
        {
            "省份": name,
            "地带": part,
            "人口": people,
            "老年人口比重": share,
            "现有床位_虚构": round(people * beds / 1000),
            "需求": round(people * (STAYS_UNDER_65 + (STAYS_FROM_65 - STAYS_UNDER_65) * share / 100)),
        }
        for part, those in COUNTED.items()
        for name, (people, share, beds) in those.items()
    ]
    return pd.DataFrame(rows)
