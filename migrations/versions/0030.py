"""an address for mail that its owner asked for, until it is confirmed

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

OLD = ('alert', 'escalation', 'reminder', 'operator', 'emergency')
BEFORE = (*OLD, 'invited', 'keys', 'looked', 'taken-out', 'corrected', 'team')
NEW = ('new-address', 'old-address')


def upgrade() -> None:
    op.create_table('address_change',
    sa.Column('clinic_id', sa.String(length=36), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('person_id', sa.String(length=36), nullable=False),
    sa.Column('email', sa.LargeBinary(), nullable=False),
    sa.Column('before', sa.LargeBinary(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['clinic_id', 'person_id'], ['person.clinic_id', 'person.id'],
                            name=op.f('fk_address_change_clinic_id_person_id')),
    sa.PrimaryKeyConstraint('clinic_id', 'id', name=op.f('pk_address_change'))
    )
    op.create_index(op.f('ix_address_change_clinic_id_person_id'), 'address_change', ['clinic_id', 'person_id'])
    _notices((*BEFORE[:-1], *NEW, 'team'))


def downgrade() -> None:
    op.execute(f'DELETE FROM notice WHERE what IN {NEW}')
    _notices(BEFORE)
    op.drop_table('address_change')


def _notices(whats: tuple[str, ...]) -> None:
    with op.batch_alter_table('notice') as batch_op:
        batch_op.drop_constraint(op.f('ck_notice_what'), type_='check')
        batch_op.create_check_constraint(op.f('ck_notice_what'), f'what IN {whats}')
