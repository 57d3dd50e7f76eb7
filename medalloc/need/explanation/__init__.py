"""Why does the model say so? One column over its range, one patient taken apart, changed and compared."""
