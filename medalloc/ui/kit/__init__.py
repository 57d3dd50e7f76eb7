"""What every screen is made of: layout, words, charts, maps, colours, downloads, editors, runs."""
