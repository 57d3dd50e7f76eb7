"""Who did what, each entry chained to the one before."""

import sqlalchemy as sa
from alembic import op

revision = "0002_audit"
down_revision = "0001_studies"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "audit",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("study", sa.String(22), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("inputs", sa.String(64), nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
