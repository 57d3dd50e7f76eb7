"""What numbers of people were told, where the rule of a workspace hides some."""

import sqlalchemy as sa
from alembic import op

revision = "0004_told"
down_revision = "0003_mappings"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "told",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("line", sa.Text, nullable=False),
    )
