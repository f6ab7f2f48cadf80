-- The generated rows as a CSV file in the canonical columns. Variables: source, path.
copy (
    select substr(activity_id, 7) as activity_id, activity_type, cast(period_start as date) as "start", cast(period_end - interval 1 day as date) as "end",
        cast(quantity as varchar) as quantity, unit, entity, site, region, supplier, data_quality, data_origin, evidence
    from read_parquet(getvariable('source'))
) to (getvariable('path')) (header);
