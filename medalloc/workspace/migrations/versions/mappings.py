"""What columns were said to be for, by the header that they stand in."""

import sqlalchemy as sa
from alembic import op

revision = "0003_mappings"
down_revision = "0002_audit"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "mappings",
        sa.Column("owner", sa.String(64), primary_key=True),
        sa.Column("signature", sa.String(16), primary_key=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("used", sa.Double, nullable=False),
    )
