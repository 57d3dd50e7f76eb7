"""What takes long: submit, watch its progress, cancel it, collect what it wrote."""
