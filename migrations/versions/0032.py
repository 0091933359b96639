"""an invitation without the mail waits for a clinician of the care team; a patient is led to an emergency access

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

OLD = ('alert', 'escalation', 'reminder', 'operator', 'emergency')
OF_ONESELF = ('invited', 'keys', 'looked', 'taken-out', 'corrected', 'new-address', 'old-address', 'team')


def upgrade() -> None:
    with op.batch_alter_table('invitation') as batch_op:
        batch_op.add_column(sa.Column('agreed_by', sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(op.f('fk_invitation_clinic_id_agreed_by'), 'person',
                                    ['clinic_id', 'agreed_by'], ['clinic_id', 'id'])
    _notices((*OLD, 'agree', *OF_ONESELF))
    op.add_column('emergency', sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE emergency SET seen_at = at')  # of those before a mail told


def downgrade() -> None:
    op.drop_column('emergency', 'seen_at')
    op.execute("DELETE FROM notice WHERE what = 'agree'")
    _notices((*OLD, *OF_ONESELF))
    with op.batch_alter_table('invitation') as batch_op:
        batch_op.drop_constraint(op.f('fk_invitation_clinic_id_agreed_by'), type_='foreignkey')
        batch_op.drop_column('agreed_at')
        batch_op.drop_column('agreed_by')


def _notices(whats: tuple[str, ...]) -> None:
    with op.batch_alter_table('notice') as batch_op:
        batch_op.drop_constraint(op.f('ck_notice_what'), type_='check')
        batch_op.create_check_constraint(op.f('ck_notice_what'), f'what IN {whats}')
