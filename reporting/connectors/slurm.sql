-- connector: slurm
-- title: Slurm accounting, sacct -P (pipe separated)
-- formats: csv
-- natural_key: cluster, job and start
-- required: JobID, Start, End, ConsumedEnergyRaw or ConsumedEnergy
-- lacks: A table in columns of spaces, or without energy, has nothing to read: sacct -P --format=JobID,Cluster,User,Partition,State,Start,End,ElapsedRaw,ConsumedEnergyRaw,AllocTRES
-- columns: Account, AdminComment, Alloc*, AssocID, Ave*, BlockID, Cluster, Comment, Constraints, ConsumedEnergy*, CPUTime*, DBIndex, DerivedExitCode, Elapsed*, Eligible, End, ExitCode, Flags, GID, Group, Job*, Layout, Max*, McsLabel, Min*, NCPUS, NNodes, NodeList, NTasks, Priority, Partition, QOS*, Reason, Req*, Reserv*, Resv*, Start, State, Submit*, Suspended, System*, Timelimit*, Total*, TRES*, UID, User*, WCKey*, WorkDir
-- private: User hash, Group hash, UID drop, GID drop, WorkDir drop, AdminComment drop, Comment drop, SubmitLine drop
-- time: local, without offset
-- rank: tracker
-- constants: site, region, hosting, system, coverage, measurement_point (it)
-- seen: one job of four lines, one pending job
-- traps: steps are parts of their job; a second line of a job is a part of it; 0 J is not measured; K, M and G stand for powers of ten; energy is in J; a job that runs again keeps its id
-- The line of the job alone: its steps (.batch, .extern, .0, or a second line without partition) are parts of it. ConsumedEnergyRaw is in J; ConsumedEnergy
-- with K, M or G is taken where there is nothing better, and is rounded. 0, nothing, or 2^32-2 and 2^64-2 mean that nothing was measured: such a job is an error, not 0.
-- A job run again after a requeue has another start, and both runs count (sacct --duplicates lists the earlier one).
-- A job that ended in the second in which it began and has no energy is left out. Failed and cancelled jobs used energy and count. Pending and running jobs do not count yet.
-- Start and End are local time of the cluster: the source declares `time_zone`. The energy plugin of a site may cover the node or processors alone.
insert into activity_input by name
with line as (
    select r.source_id, r.file_no, r.row_no, r.record, coalesce(r.record['JobIDRaw'], r.record['JobID']) as raw_id, r.record['JobID'] as job_id,
        regexp_replace(r.record['Start'], '^(\d{4}-\d{2}-\d{2})-', '\1T') as starts, regexp_replace(r.record['End'], '^(\d{4}-\d{2}-\d{2})-', '\1T') as ends,
        concat_ws('/', nullif(r.record['Cluster'], ''), r.record['JobID'], r.record['Start']) as job_key
    from record r where r.connector = 'slurm'
),
job as (
    select *, row_number() over (partition by source_id, file_no, job_key order by (coalesce(record['Partition'], '') <> '') desc, (coalesce(record['User'], '') <> '') desc,
        coalesce(record['AllocTRES'] like '%billing=%', false) desc, row_no) as place
    from line where not contains(job_id, '.') and not contains(raw_id, '.') and (record['Partition'] is not null or not map_contains(record, 'Partition'))
        and not (coalesce(record['State'], '') in ('PENDING', 'RUNNING', 'SUSPENDED') or coalesce(starts, '') in ('Unknown', 'None', '') or coalesce(ends, '') in ('Unknown', 'None', ''))
),
energy as (
    select *, number_in(record['ConsumedEnergyRaw']) as raw_joules, coalesce(record['ConsumedEnergyRaw'], '') = '' as is_said, regexp_extract(record['ConsumedEnergy'], '^([0-9.]+)([KMGT]?)$', ['number', 'prefix']) as said
    from job where place = 1
),
measured as (
    select *, case when raw_joules > 0 and raw_joules not in (4294967294, 4294967295) and raw_joules < 1000000000000000 then raw_joules
        when is_said then case when number_in(said.number) between 0.0000001 and 1000000 then number_in(said.number) end * case said.prefix when 'K' then 1000 when 'M' then 1000000 when 'G' then 1000000000 when 'T' then 1000000000000 else 1 end end as joules
    from energy
)
select m.source_id, m.file_no, m.row_no, 1 as part, m.job_key as activity_id, m.job_key as natural_key, coalesce(k.activity_type, 'electricity.purchased') as activity_type, m.starts,
    case when m.ends = m.starts then strftime(try_cast(m.ends as timestamp) + interval 1 second, '%Y-%m-%dT%H:%M:%S') else m.ends end as ends,
    case when m.joules is null then 'not measured (' || coalesce(m.record['ConsumedEnergyRaw'], m.record['ConsumedEnergy'], 'nothing') || ')' else decimal_text(kwh_of(m.joules)) end as quantity, 'kWh' as unit,
    k.entity, k.site, k.meter, k.region, k.supplier, k.payer, k.hosting, k.system, k.lifecycle_stage, k.coverage, coalesce(k.measurement_point, 'it') as measurement_point,
    coalesce(k.data_quality, case when m.is_said then 'calculated' else 'measured' end) as data_quality, coalesce(k.data_origin, 'own') as data_origin, k.evidence,
    concat_ws(', ', 'job ' || m.job_id, nullif(m.record['State'], ''), nullif(m.record['ElapsedRaw'], '') || ' s', decimal_text(m.joules) || ' J', case when m.is_said then 'rounded by sacct' end) as note,
    sha256(cast(m.record as varchar)) as content
from measured m left join source_constant k using (source_id)
where not (m.ends = m.starts and m.joules is null and coalesce(m.raw_joules, 0) = 0);

insert into row_left_out
select r.source_id, r.file_no, r.row_no, case when coalesce(r.record['State'], '') in ('PENDING', 'RUNNING', 'SUSPENDED') or coalesce(r.record['Start'], '') in ('Unknown', 'None', '')
    or coalesce(r.record['End'], '') in ('Unknown', 'None', '') then 'a job that has not ended'
    when not contains(r.record['JobID'], '.') and r.record['Start'] = r.record['End'] then 'a job of no duration' else 'a step of a job' end
from record r anti join activity_input i on i.source_id = r.source_id and i.file_no = r.file_no and i.row_no = r.row_no where r.connector = 'slurm';
