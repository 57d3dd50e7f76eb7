"""Parts of the Demand screen: from the need of patients, or from counts over time."""
