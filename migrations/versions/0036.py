"""what staff were called before

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

SAYS = 'what somebody was called is not changed, nor removed'
STAYS = (
    'NOT EXISTS (SELECT 1 FROM person'
    ' WHERE clinic_id = OLD.clinic_id AND id = OLD.person_id AND erased_at IS NOT NULL)'
)
THERE = (
    'EXISTS (SELECT 1 FROM earlier_name'
    ' WHERE clinic_id = NEW.clinic_id AND person_id = NEW.person_id AND until = NEW.until)'
)
STANDS = 'UPDATE OF clinic_id, person_id, until'
GUARDS = {
    'sqlite': (
        f"CREATE TRIGGER earlier_name_stays BEFORE DELETE ON earlier_name WHEN {STAYS}"
        f" BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        f"CREATE TRIGGER earlier_name_stands BEFORE {STANDS} ON earlier_name BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        f'CREATE TRIGGER earlier_name_comes BEFORE INSERT ON earlier_name WHEN {THERE} BEGIN SELECT RAISE(IGNORE); END',
    ),
    'postgresql': (
        'CREATE OR REPLACE FUNCTION earlier_name_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF TG_OP = 'DELETE' THEN IF NOT ({STAYS}) THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{SAYS}'; END $$",
        'CREATE TRIGGER earlier_name_stays BEFORE DELETE ON earlier_name'
        ' FOR EACH ROW EXECUTE FUNCTION earlier_name_is_kept()',
        f'CREATE TRIGGER earlier_name_stands BEFORE {STANDS} OR TRUNCATE ON earlier_name'
        ' EXECUTE FUNCTION earlier_name_is_kept()',
    ),
}


def upgrade() -> None:
    op.create_table('earlier_name',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'],
                            name=op.f('fk_earlier_name_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'person_id', 'until', name=op.f('pk_earlier_name'))
    )
    for sentence in GUARDS[op.get_bind().dialect.name]:
        op.execute(sentence)


def downgrade() -> None:
    op.drop_table('earlier_name')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION earlier_name_is_kept()')
