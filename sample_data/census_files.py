"""The provinces of China: what the census counted, typed from its communiqués, and beds that are made up."""

import pandas as pd

IN_NEED = 0.02
"""Illustration: who would take a bed of a nursing home, of those from 65 on. [persons/person]"""

# people, share from 65 on [%], and beds of nursing homes, made up [units/1,000 people from 65 on]
# fmt: off
COUNTED = {
    "东部": {
        "北京": (21_893_095, 13.30, 16), "天津": (13_866_009, 14.75, 11), "河北": (74_610_235, 13.92, 9),
        "上海": (24_870_895, 16.28, 17), "江苏": (84_748_016, 16.20, 15), "浙江": (64_567_588, 13.27, 18),
        "福建": (41_540_086, 11.10, 8), "山东": (101_527_453, 15.13, 12), "广东": (126_012_510, 8.58, 10),
        "海南": (10_081_232, 10.43, 5),
    },
    "中部": {
        "山西": (34_915_616, 12.90, 7), "安徽": (61_027_171, 15.01, 13), "江西": (45_188_635, 11.89, 10),
        "河南": (99_365_519, 13.49, 8), "湖北": (57_752_557, 14.59, 13), "湖南": (66_444_864, 14.81, 9),
    },
    "西部": {
        "内蒙古": (24_049_155, 13.05, 14), "广西": (50_126_804, 12.20, 6), "重庆": (32_054_159, 17.08, 12),
        "四川": (83_674_866, 16.93, 11), "贵州": (38_562_148, 11.56, 7), "云南": (47_209_277, 10.75, 5),
        "西藏": (3_648_100, 5.67, 4), "陕西": (39_528_999, 13.32, 9), "甘肃": (25_019_831, 12.58, 6),
        "青海": (5_923_957, 8.68, 5), "宁夏": (7_202_654, 9.62, 10), "新疆": (25_852_345, 7.76, 7),
    },
    "东北": {
        "辽宁": (42_591_407, 17.42, 12), "吉林": (24_073_453, 15.61, 13), "黑龙江": (31_850_088, 15.61, 14),
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
            "现有护理床位_虚构": round(people * share / 100 * beds / 1000),
            "需求": round(people * share / 100 * IN_NEED),
        }
        for part, those in COUNTED.items()
        for name, (people, share, beds) in those.items()
    ]
    return pd.DataFrame(rows)
