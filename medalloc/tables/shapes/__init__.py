"""File shapes that are known: what each looks like is data, one engine reads them all."""
