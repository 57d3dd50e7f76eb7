"""How much care, in which region? From the need of patients to the demand of regions."""

from medalloc.demand.calibration import RegionalCalibration, calibration
from medalloc.demand.poststratification import poststratified_demand
from medalloc.demand.region_table import population_of, to_region_table
from medalloc.demand.regional import Demand, regional_demand, sampled
from medalloc.demand.surge import Surge, demand_factor, surge
from medalloc.demand.surge_assumptions import SurgeAssumptions

__all__ = [
    "Demand",
    "RegionalCalibration",
    "Surge",
    "SurgeAssumptions",
    "calibration",
    "demand_factor",
    "population_of",
    "poststratified_demand",
    "regional_demand",
    "sampled",
    "surge",
    "to_region_table",
]
