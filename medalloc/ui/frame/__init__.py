"""What stands around every screen: the server, the navigation, the path."""
