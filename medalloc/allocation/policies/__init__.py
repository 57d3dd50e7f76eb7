"""What "best" can mean: one module a policy, and the catalogue of them."""
