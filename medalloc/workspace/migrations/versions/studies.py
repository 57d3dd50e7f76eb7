"""Studies, the files that they name, and the runs that they handed to jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0001_studies"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "studies",
        sa.Column("id", sa.String(22), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False, index=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("rows", sa.BigInteger),
        sa.Column("created", sa.Double, nullable=False),
        sa.Column("changed", sa.Double, nullable=False),
        sa.Column("opened", sa.Double, nullable=False),
    )
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "study_files",
        _of_study(),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("files.sha256"), primary_key=True),
    )
    op.create_table(
        "runs",
        _of_study(),
        sa.Column("ticket", sa.String(64), primary_key=True),
        sa.Column("task", sa.String(64), nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
    )


def _of_study() -> "sa.Column[str]":
    return sa.Column("study", sa.String(22), sa.ForeignKey("studies.id", ondelete="CASCADE"), primary_key=True)
