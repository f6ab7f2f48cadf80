-- rule: uncertainty/no-seed
-- severity: warning
-- stage: 68
-- of: uncertain_activity
-- fix: give `uncertainty: {seed: 1}` in inventory.yaml, any whole number
-- citation: IPCC 2006 Guidelines vol. 1 ch. 3
select null as source_id, null as file_no, null as row_no, 'uncertainty' as subject, 'both' as basis,
    'activity data and factors carry stated uncertainty, and inventory.yaml has no `uncertainty`; no range is made' as message
where exists (from uncertain_activity) and not exists (from setting where name = 'uncertainty.seed')
