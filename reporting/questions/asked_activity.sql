-- The activities that a name stands for: an activity id as it is in the ledger, with its children; else an id as given in a file, or a source row's, with all its months.
-- Variables: asked (the name), asked_from and asked_to (half-open dates).
create or replace temp table asked_activity as
with recursive named as (
    select activity_id from activity where activity_id = getvariable('asked')
    union
    select m.activity_id from activity_month m join activity_row r on r.activity_id = m.row_activity_id
    where getvariable('asked') in (m.row_activity_id, r.given_id, replace(r.natural_key, chr(31), '/'))
),
child as (
    select activity_id from named
    union
    select a.activity_id from activity a join child c on a.parent_activity_id = c.activity_id
)
select a.activity_id from activity a semi join child c on c.activity_id = a.activity_id
where getvariable('asked_from') <= a.month and a.month < getvariable('asked_to')
