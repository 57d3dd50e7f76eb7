"""Why a plan is as it is: reasons, limits that bind, what one more would change, and what cannot be kept together."""
