"""rows of the audit trail that stand for the operator alone, and no row takes the place of another

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None

SAYS = 'rows of the audit trail are not changed, nor removed before their time'
CUT = 'OLD.number > coalesce((SELECT cut FROM audit_chain WHERE clinic_id = OLD.clinic_id), 0)'
THERE = 'EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR clinic_id = NEW.clinic_id AND number = NEW.number)'
AGREED = (
    'EXISTS (SELECT 1 FROM agreement'
    ' WHERE clinic_id = NEW.clinic_id AND person_id = NEW.person_id AND version = NEW.version)'
)
#: on SQLite a table that is made anew loses its triggers
BEFORE = (
    f"CREATE TRIGGER audit_stays BEFORE DELETE ON audit WHEN {CUT} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    f"CREATE TRIGGER audit_stands BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
)
NEW = (
    f"CREATE TRIGGER audit_comes BEFORE INSERT ON audit WHEN {THERE} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    f'CREATE TRIGGER agreement_comes BEFORE INSERT ON agreement WHEN {AGREED} BEGIN SELECT RAISE(IGNORE); END',
)


def upgrade() -> None:
    _let_nobody_be_named(True)
    _run_on_sqlite(BEFORE + NEW)


def downgrade() -> None:
    _run_on_sqlite(('DROP TRIGGER audit_comes', 'DROP TRIGGER agreement_comes'))
    _let_nobody_be_named(False)
    _run_on_sqlite(BEFORE)


def _let_nobody_be_named(may: bool) -> None:
    with op.batch_alter_table('audit') as batch_op:
        batch_op.alter_column('person_id', existing_type=sa.String(length=36), nullable=may)


def _run_on_sqlite(sentences: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for sentence in sentences:
            op.execute(sentence)
