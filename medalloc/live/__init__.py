"""Near real time: numbers that come in, what stands out in them, and which few units should move."""
