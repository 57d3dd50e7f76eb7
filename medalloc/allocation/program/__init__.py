"""Whatever no closed form answers: units that are moved, stand in for others, or come whole; by HiGHS, with proof."""
