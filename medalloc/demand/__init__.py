"""How much care, in which region? From the need of patients to the demand of regions."""

from medalloc.demand.calibration import RegionalCalibration, calibration, calibration_json
from medalloc.demand.conversions import Conversion, PersonsToUnits
from medalloc.demand.demand import Demand
from medalloc.demand.poststratification import poststratified_demand
from medalloc.demand.region_table import population_of, to_region_table
from medalloc.demand.regional import regional_demand, sampled
from medalloc.demand.surge import Surge, demand_factor, surge
from medalloc.demand.surge_assumptions import SurgeAssumptions
from medalloc.demand.units import UnitsNeeded, units_needed

__all__ = [
    "Conversion",
    "Demand",
    "PersonsToUnits",
    "RegionalCalibration",
    "Surge",
    "SurgeAssumptions",
    "UnitsNeeded",
    "calibration",
    "calibration_json",
    "demand_factor",
    "population_of",
    "poststratified_demand",
    "regional_demand",
    "sampled",
    "surge",
    "to_region_table",
    "units_needed",
]
