-- One period.
select period, starts, ends, kind from period where period = $period
