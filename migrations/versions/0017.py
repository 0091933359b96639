"""the audit trail is a chain of rows that neither change nor go, with from where they were written

Revision ID: 0017
Revises: 0016
"""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

from pwa.records import chain
from pwa.records.keyring import keyring
from pwa.records.trail import AuditRow

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

SAYS = 'rows of the audit trail are not changed, nor removed before their time'
CUT = 'OLD.number > coalesce((SELECT cut FROM audit_chain WHERE clinic_id = OLD.clinic_id), 0)'
GUARDS = {
    'sqlite': (
        f"CREATE TRIGGER audit_stays BEFORE DELETE ON audit WHEN {CUT} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        f"CREATE TRIGGER audit_stands BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    ),
    'postgresql': (
        'CREATE OR REPLACE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF TG_OP = 'DELETE' THEN IF NOT ({CUT}) THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{SAYS}'; END $$",
        'CREATE TRIGGER audit_stays BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_kept()',
        'CREATE TRIGGER audit_stands BEFORE UPDATE OR TRUNCATE ON audit EXECUTE FUNCTION audit_is_kept()',
    ),
}
NEW = ('address', 'device', 'hash', 'number')


def upgrade() -> None:
    op.create_table('audit_chain',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('cut', sa.Integer(), nullable=False),
    sa.Column('cut_hash', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('key', sa.Integer(), nullable=False),
    sa.Column('seal', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], name=op.f('fk_audit_chain_clinic_id')),
    sa.PrimaryKeyConstraint('clinic_id', name=op.f('pk_audit_chain'))
    )
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.add_column(sa.Column('audit_years', sa.Integer(), nullable=False, server_default='10'))
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.alter_column('audit_years', server_default=None)
    with op.batch_alter_table('audit') as batch_op:
        batch_op.add_column(sa.Column('number', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('address', sa.String(length=45), nullable=True))
        batch_op.add_column(sa.Column('device', sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column('hash', sa.String(length=64), nullable=True))
    _chain_what_stands()
    with op.batch_alter_table('audit') as batch_op:
        batch_op.alter_column('number', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('hash', existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint('uq_audit_clinic_id_number', ['clinic_id', 'number'])
    for sentence in GUARDS[op.get_bind().dialect.name]:
        op.execute(sentence)


def downgrade() -> None:
    on = ' ON audit' if op.get_bind().dialect.name == 'postgresql' else ''
    for trigger in ('audit_stays', 'audit_stands'):
        op.execute(f'DROP TRIGGER {trigger}{on}')
    if on:
        op.execute('DROP FUNCTION audit_is_kept()')
    with op.batch_alter_table('audit') as batch_op:
        batch_op.drop_constraint('uq_audit_clinic_id_number', type_='unique')
        for name in NEW:
            batch_op.drop_column(name)
    with op.batch_alter_table('clinic') as batch_op:
        batch_op.drop_column('audit_years')
    op.drop_table('audit_chain')


def _chain_what_stands() -> None:
    """In the order in which it was written; what was changed before now, nobody will find."""
    rows, connection = AuditRow.__table__, op.get_bind()
    said = sa.select(rows.c.id, *(rows.c[name] for name in chain.SAID))
    found = connection.execute(said.order_by(rows.c.clinic_id, rows.c.id)).mappings()
    for clinic_id, of_clinic in groupby(found.all(), key=lambda row: row['clinic_id']):
        number, hash_ = 0, ''
        for number, row in enumerate(of_clinic, 1):
            hash_ = chain.hash_of(hash_, {**row, 'number': number})
            connection.execute(rows.update().where(rows.c.id == row['id']).values(number=number, hash=hash_))
        ends = {'clinic_id': clinic_id, 'cut': 0, 'cut_hash': '', 'number': number, 'hash': hash_}
        sealed = {**ends, 'key': keyring().newest, 'seal': keyring().seal(chain.ends_of(ends))}
        connection.execute(sa.insert(chain.CHAINS).values(sealed))
