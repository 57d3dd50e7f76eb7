"""What it costs, as ratios against named peers in one run."""
