"""What stands between a browser and the application."""

from starlette.types import ASGIApp


class Around:
    """Changes, refuses or notes requests before the application answers them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
