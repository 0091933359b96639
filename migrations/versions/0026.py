"""who agreed to which version of the terms of use, and when

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

SAYS = 'what somebody agreed to is not changed'
GUARDS = {
    'sqlite': (
        f"CREATE TRIGGER agreement_stands BEFORE UPDATE ON agreement BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    ),
    'postgresql': (
        'CREATE OR REPLACE FUNCTION agreement_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"RAISE EXCEPTION '{SAYS}'; END $$",
        'CREATE TRIGGER agreement_stands BEFORE UPDATE ON agreement EXECUTE FUNCTION agreement_is_kept()',
    ),
}


def upgrade() -> None:
    op.create_table('agreement',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("language IN ('en', 'fr')", name=op.f('ck_agreement_language')),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'],
                            name=op.f('fk_agreement_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'person_id', 'version', name=op.f('pk_agreement'))
    )
    for sentence in GUARDS[op.get_bind().dialect.name]:
        op.execute(sentence)


def downgrade() -> None:
    op.drop_table('agreement')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION agreement_is_kept()')
