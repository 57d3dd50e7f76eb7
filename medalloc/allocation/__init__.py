"""Which region gets what: from demand, resources, limits and a policy to a plan and its proof."""
