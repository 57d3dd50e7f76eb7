"""How much care, in which region? From the need of patients to the demand of regions."""

from medalloc.demand.calibration import RegionalCalibration, calibration
from medalloc.demand.region_table import population_of, to_region_table
from medalloc.demand.regional import Demand, regional_demand, sampled

__all__ = [
    "Demand",
    "RegionalCalibration",
    "calibration",
    "population_of",
    "regional_demand",
    "sampled",
    "to_region_table",
]
