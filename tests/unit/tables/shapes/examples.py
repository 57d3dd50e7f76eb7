"""A small file of every known shape: headers as they are in public descriptions, rows invented."""

import json
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Example:
    """A file, and what is in it."""

    text: str
    name: str
    demand: dict[str, float]
    """Demand by region, of the latest period."""
    periods: tuple[str, ...] = ()
    """First days of all periods, where there are several."""
    left_out: tuple[str, ...] = ()
    """Names that must not be regions."""
    beside: dict[str, str] = field(default_factory=dict)
    """Files that belong to it, by their names."""


def lines(*records: object) -> str:
    return "\n".join(json.dumps(each) for each in records)


def csv(*rows: str) -> str:
    return "\n".join(rows) + "\n"


UNITS = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": unit,
                "geometry": {"type": "Point", "coordinates": [-11.7, 7.9]},
                "properties": {
                    "code": f"OU_{unit}",
                    "name": name,
                    "level": level,
                    "parent": graph.rpartition("/")[2],
                    "parentGraph": graph,
                    "groups": [],
                    "cases": cases,
                },
            }
            for unit, name, level, graph, cases in (
                ("ImspTQPwCqd", "Sierra Leone", "1", "", 70),
                ("O6uvpzGd5pu", "Bo", "2", "ImspTQPwCqd", 40),
                ("fdc6uOvgoji", "Bombali", "2", "ImspTQPwCqd", 30),
            )
        ],
    }
)
VALUES = ",".join(
    ("dataelement", "period", "orgunit", "categoryoptioncombo", "attributeoptioncombo", "value")
    + ("storedby", "lastupdated", "comment", "followup", "deleted")
)
BANDS = [f"Gt {low:02d} To {low + 1:02d} Weeks SUM 1" for low in range(104)] + ["Gt 104 Weeks SUM 1"]
RTT = ",".join(
    (
        *("Period", "Provider Parent Org Code", "Provider Parent Name", "Provider Org Code", "Provider Org Name"),
        *("Commissioner Parent Org Code", "Commissioner Parent Name", "Commissioner Org Code", "Commissioner Org Name"),
        *("RTT Part Type", "RTT Part Description", "Treatment Function Code", "Treatment Function Name"),
        *BANDS,
        *("Total", "Patients with unknown clock start date", "Total All"),
    )
)


def rtt(code: str, provider: str, part: str, function: str, *weeks: int) -> str:
    """Return a row of people who have waited for so many full weeks."""
    counts = [weeks.count(week) for week in range(105)]
    before = [
        "RTT-March-2026",
        "QWO",
        "ICB",
        code,
        provider,
        "QWO",
        "ICB",
        "36J",
        "NHS BRADFORD",
        part,
        part,
        function,
        "",
    ]
    return ",".join([*before, *map(str, counts), str(len(weeks)), "0", str(len(weeks))])


AE = (
    "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,"
    "A&E attendances Other A&E Department,Attendances over 4hrs Type 1,Emergency admissions via A&E - Type 1"
)
WORLD_BANK = csv(
    '\ufeff"Data Source","World Development Indicators",',
    "",
    '"Last Updated Date","2025-10-07",',
    "",
    '"Country Name","Country Code","Indicator Name","Indicator Code","2021","2022","2023",',
    '"Kenya","KEN","Number of infant deaths","SH.DTH.IMRT","41","40","",',
    '"Kenya","KEN","Population, total","SP.POP.TOTL","5300","5400","5500",',
    '"Uganda","UGA","Number of infant deaths","SH.DTH.IMRT","49","48","47",',
    '"Uganda","UGA","Population, total","SP.POP.TOTL","4500","4600","4700",',
    '"World","WLD","Number of infant deaths","SH.DTH.IMRT","90","88","47",',
    '"Sub-Saharan Africa","SSF","Number of infant deaths","SH.DTH.IMRT","89","87","46",',
)


def analytics(*, names: bool) -> str:
    headers = [
        {"name": "dx", "column": "Data", "valueType": "TEXT", "meta": True},
        {"name": "pe", "column": "Period", "valueType": "TEXT", "meta": True},
        {"name": "ou", "column": "Organisation unit", "valueType": "TEXT", "meta": True},
        {"name": "value", "column": "Value", "valueType": "NUMBER", "meta": False},
    ]
    items = {
        "fbfJHSPpUQD": "ANC 1st visit",
        "O6uvpzGd5pu": "Bo",
        "fdc6uOvgoji": "Bombali",
        "ImspTQPwCqd": "Sierra Leone",
    }
    above = {"O6uvpzGd5pu": "ImspTQPwCqd", "fdc6uOvgoji": "ImspTQPwCqd"}
    rows = [
        ["fbfJHSPpUQD", period, unit, value]
        for unit, values in (("ImspTQPwCqd", (9, 12)), ("O6uvpzGd5pu", (5, 7)), ("fdc6uOvgoji", (4, 5)))
        for period, value in zip(("202601", "202602"), map(str, values), strict=True)
    ]
    about = {"items": {key: {"name": name} for key, name in items.items()}, "ouHierarchy": above} if names else {}
    return json.dumps({"headers": headers, "metaData": about, "rows": rows, "width": 4, "height": len(rows)})


PATIENTS = [
    {
        "resourceType": "Patient",
        "id": str(number),
        "gender": "female" if number % 2 else "male",
        "birthDate": f"19{40 + number}-02-03",
        "address": [{"city": "Boston", "district": county, "state": "MA"}],
    }
    for number, county in enumerate(("Suffolk", "Suffolk", "Essex"))
]
ENCOUNTERS = [
    {
        "resourceType": "Encounter",
        "id": f"e{number}",
        "status": status,
        "class": {"code": "EMER"},
        "subject": {"reference": f"Patient/{patient}"},
        "period": {"start": f"2024-01-{day:02d}T10:00:00Z", "end": f"2024-01-{day:02d}T12:00:00Z"},
    }
    for number, (patient, day, status) in enumerate(
        ((0, 3, "finished"), (1, 4, "finished"), (2, 9, "finished"), (2, 30, "cancelled"))
    )
]
OMOP_PERSON = csv(
    "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,birth_datetime,race_concept_id,"
    "ethnicity_concept_id,location_id,provider_id,care_site_id,person_source_value",
    "1,8532,1950,2,3,1950-02-03 00:00:00,8527,38003564,10,,21,a",
    "2,8507,1985,7,13,1985-07-13 00:00:00,8516,38003564,11,,22,b",
)
OMOP_LOCATION = csv(
    "location_id,address_1,address_2,city,state,zip,county,location_source_value",
    "10,,,Boston,MA,02118,Suffolk,x",
    "11,,,Salem,MA,01970,Essex,y",
)
OMOP_VISITS = csv(
    "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_start_datetime,visit_end_date,care_site_id",
    "1,1,9203,2010-01-03,,2010-01-03,21",
    "2,1,9203,2010-01-20,,2010-01-21,21",
    "3,2,9201,2010-01-07,,2010-01-09,22",
)
HUB = "reference_date,target,horizon,target_end_date,location,output_type,output_type_id,value"

EXAMPLES = {
    "dhis2-pivot": Example(
        csv(
            '"Organisation unit ID","Organisation unit","Organisation unit code","Organisation unit description",'
            '"ANC 1st visit January 2026","ANC 1st visit February 2026","Inpatient bed days January 2026"',
            '"O6uvpzGd5pu","Bo","OU_264","","421","398","12010"',
            '"fdc6uOvgoji","Bombali","OU_193190","","390","377","10233"',
            '"lc3eMKXaEfw","Total","","","811","775","22243"',
        ),
        "pivot.csv",
        {"Bo": 398, "Bombali": 377},
        left_out=("Total",),
    ),
    "dhis2-analytics": Example(
        analytics(names=True), "analytics.json", {"Bo": 7, "Bombali": 5}, left_out=("Sierra Leone",)
    ),
    "dhis2-values": Example(
        csv(
            VALUES,
            "f7n9E0hX8qk,2014W5,O6uvpzGd5pu,a,b,12,admin,,,false,",
            "f7n9E0hX8qk,2014W5,O6uvpzGd5pu,c,b,3,admin,,,false,",
            "f7n9E0hX8qk,2014W5,fdc6uOvgoji,a,b,9,admin,,,false,",
            "f7n9E0hX8qk,2014W5,fdc6uOvgoji,a,b,900,admin,,,false,true",
            "f7n9E0hX8qk,2014W5,ImspTQPwCqd,a,b,24,admin,,,false,",
        ),
        "values.csv",
        {"Bo": 15, "Bombali": 9},
        left_out=("Sierra Leone", "ImspTQPwCqd"),
        beside={"units.geojson": UNITS},
    ),
    "dhis2-units": Example(UNITS, "units.geojson", {"Bo": 40, "Bombali": 30}, left_out=("Sierra Leone",)),
    "nhs-rtt": Example(
        csv(
            RTT,
            rtt("RCF", "AIREDALE", "Part_2", "C_100", 0, 0, 20, 60),
            rtt("RCF", "AIREDALE", "Part_2", "C_110", 3),
            rtt("RCF", "AIREDALE", "Part_2", "C_999", 0, 0, 3, 20, 60),
            rtt("RCF", "AIREDALE", "Part_1A", "C_100", 1, 1, 1),
            rtt("RAE", "BRADFORD", "Part_2", "C_100", 104, 2),
            rtt("RAE", "BRADFORD", "Part_2", "C_999", 104, 2),
        ),
        "rtt.csv",
        {"AIREDALE": 5, "BRADFORD": 2},
    ),
    "nhs-ae": Example(
        csv(
            AE,
            "MSitAE-MARCH-2026,RQM,NHS ENGLAND LONDON,CHELSEA,185,0,92,51,43",
            "MSitAE-MARCH-2026,RYJ,NHS ENGLAND LONDON,IMPERIAL,120,31,41,48,39",
            "TOTAL,TOTAL,TOTAL,TOTAL,305,31,133,99,82",
        ),
        "ae.csv",
        {"CHELSEA": 277, "IMPERIAL": 192},
        left_out=("TOTAL",),
    ),
    "hhs-facility": Example(
        csv(
            "hospital_pk,collection_week,state,ccn,hospital_name,zip,fips_code,inpatient_beds_7_day_avg,"
            "inpatient_beds_used_7_day_avg,total_icu_beds_7_day_avg",
            "010001,2023/01/06,AL,010001,SOUTHEAST,36301,01069,300.5,120.5,48.9",
            "010005,2023/01/06,AL,010005,MARSHALL,35957,01095,-999999,-999999,18.0",
            "020001,2023/01/06,AK,020001,PROVIDENCE,99508,02020,200.0,90.0,20.0",
        ),
        "hhs.csv",
        {"AL": 122.5, "AK": 90},
    ),
    "world-bank": Example(WORLD_BANK, "api.csv", {"Kenya": 40, "Uganda": 47}, left_out=("World", "Sub-Saharan Africa")),
    "who-gho": Example(
        csv(
            "IndicatorCode,Indicator,ValueType,ParentLocationCode,ParentLocation,Location type,SpatialDimValueCode,"
            "Location,Period type,Period,IsLatestYear,Dim1 type,Dim1,FactValueNumeric,FactValueNumericLow,Value",
            "X,New cases of cholera,numeric,AFR,Africa,Country,KEN,Kenya,Year,2020,false,Sex,Both sexes,90,,90",
            "X,New cases of cholera,numeric,AFR,Africa,Country,KEN,Kenya,Year,2021,true,Sex,Both sexes,80,,80",
            "X,New cases of cholera,numeric,AFR,Africa,Country,KEN,Kenya,Year,2021,true,Sex,Female,45,,45",
            "X,New cases of cholera,numeric,AFR,Africa,Country,UGA,Uganda,Year,2021,true,Sex,Both sexes,50,,50 [48-52]",
            "X,New cases of cholera,numeric,,,WHO region,AFR,Africa,Year,2021,true,Sex,Both sexes,130,,130",
        ),
        "gho.csv",
        {"Kenya": 80, "Uganda": 50},
        left_out=("Africa",),
    ),
    "who-gho-api": Example(
        csv(
            "Id,IndicatorCode,SpatialDimType,SpatialDim,ParentLocationCode,TimeDimType,Dim1Type,Dim1,TimeDim,Value,"
            "NumericValue,Low,High",
            "1,WHS6_102,COUNTRY,KEN,AFR,YEAR,SEX,SEX_BTSX,2019,13,13.0,,",
            "2,WHS6_102,COUNTRY,KEN,AFR,YEAR,SEX,SEX_BTSX,2020,14,14.0,,",
            "3,WHS6_102,COUNTRY,KEN,AFR,YEAR,SEX,SEX_FMLE,2020,8,8.0,,",
            "4,WHS6_102,COUNTRY,UGA,AFR,YEAR,SEX,SEX_BTSX,2020,5,5.0,,",
            "5,WHS6_102,REGION,AFR,,YEAR,SEX,SEX_BTSX,2020,9,9.1,,",
            "6,WHS6_102,GLOBAL,GLOBAL,,YEAR,SEX,SEX_BTSX,2020,27,27.0,,",
        ),
        "WHS6_102.csv",
        {"KEN": 14, "UGA": 5},
        left_out=("AFR", "GLOBAL"),
    ),
    "hxl": Example(
        csv(
            "Province,P-code,Population,People in need,Beds",
            "#adm1+name,#adm1+code,#population,#inneed,#capacity+beds",
            "Aleppo,SY02,4170,2100,32",
            "Idleb,SY07,2900,2400,11",
        ),
        "hxl.csv",
        {"Aleppo": 2100, "Idleb": 2400},
        left_out=("#adm1+name",),
    ),
    "ocha-pcodes": Example(
        csv(
            "ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,F_TL,M_TL,T_TL,PIN",
            "Syria,SY,Aleppo,SY02,Afrin,SY0203,210,190,400,90",
            "Syria,SY,Idleb,SY07,Harim,SY0703,100,110,210,80",
        ),
        "cod.csv",
        {"Afrin": 90, "Harim": 80},
        left_out=("Syria", "Aleppo"),
    ),
    "fhir-encounters": Example(
        lines(*ENCOUNTERS), "Encounter.ndjson", {"Suffolk": 2, "Essex": 1}, beside={"Patient.ndjson": lines(*PATIENTS)}
    ),
    "fhir-measure-reports": Example(
        lines(
            *(
                {
                    "resourceType": "MeasureReport",
                    "id": f"m{place}",
                    "status": "complete",
                    "type": "summary",
                    "period": {"start": "2024-01-01", "end": "2024-03-31"},
                    "reporter": {"reference": f"Location/{place}"},
                    "group": [{"population": [{"code": {"text": "initial"}, "count": count}]}],
                }
                for place, count in (("a", 12), ("b", 30))
            ),
            *({"resourceType": "Location", "id": each, "name": f"Clinic {each.upper()}"} for each in "ab"),
        ),
        "MeasureReport.ndjson",
        {"Clinic A": 12, "Clinic B": 30},
    ),
    "fhir-locations": Example(
        lines(
            *(
                {
                    "resourceType": "Location",
                    "id": each,
                    "status": status,
                    "name": f"Ward {each}",
                    "position": {"longitude": -71.0, "latitude": 42.3},
                    "cases": 4,
                }
                for each, status in (("a", "active"), ("b", "active"), ("c", "inactive"))
            )
        ),
        "Location.ndjson",
        {"Ward a": 4, "Ward b": 4},
        left_out=("Ward c",),
    ),
    "omop-visits": Example(
        OMOP_VISITS,
        "visit_occurrence.csv",
        {"Suffolk": 2, "Essex": 1},
        beside={"person.csv": OMOP_PERSON, "location.csv": OMOP_LOCATION},
    ),
    "chap": Example(
        csv(
            "time_period,location,rainfall,mean_temperature,disease_cases,population",
            *(
                f"2023-{month:02d},{place},4.5,27.1,{month * count},1000"
                for place, count in (("Vientiane", 3), ("Savan", 2))
                for month in range(1, 7)
            ),
        ),
        "chap.csv",
        {"Vientiane": 18, "Savan": 12},
        periods=tuple(f"2023-{month:02d}-01" for month in range(1, 7)),
    ),
    "hub-targets": Example(
        csv(
            "date,location,location_name,value,weekly_rate",
            *(
                f"2024-11-{day:02d},{code},{name},{value},0.5"
                for day, value in ((2, 8), (9, 10), (16, 14), (23, 20))
                for code, name in (("01", "Alabama"), ("02", "Alaska"), ("US", "US"))
            ),
        ),
        "target-hospital-admissions.csv",
        {"Alabama": 20, "Alaska": 20},
        periods=("2024-11-02", "2024-11-09", "2024-11-16", "2024-11-23"),
        left_out=("US",),
    ),
    "hub-forecast": Example(
        csv(
            HUB,
            *(
                f"2024-11-23,wk inc flu hosp,{ahead},2024-11-{23 + 7 * ahead % 7:02d},{code},quantile,{level},{value}"
                for code, value in (("01", 5), ("02", 3), ("US", 8))
                for ahead in (-1, 0, 1, 2)
                for level in (0.025, 0.5, 0.975)
            ),
            "2024-11-23,wk flu hosp rate change,1,2024-11-30,01,pmf,increase,0.4",
        ),
        "forecast.csv",
        {"01": 15, "02": 9},
        left_out=("US",),
    ),
}
