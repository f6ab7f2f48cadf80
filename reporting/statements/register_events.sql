-- title: Versions and sign-offs
-- lead: What the register of published versions holds about this period when this document is made: versions with their digests and reasons, who prepared, reviewed and approved them, and when the period was closed or reopened. Each line of the register holds the digest of the line before.
-- place: annex
-- order: 95
-- columns: number=Line; date=Day; what=What; version=Version; who=Who; role=Role; reason=Reason; digest=Digest of the version
select number::varchar as number, date, case event when 'publish' then 'published' when 'prepare' then 'prepared' when 'review' then 'reviewed' when 'approve' then 'approved'
        when 'close' then 'closed' else 'reopened' end as what,
    case when version = '' then period else version end as version, name as who, role, reason, digest
from register_event where period = getvariable('period') order by register_event.number
