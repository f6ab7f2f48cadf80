-- How many ledger lines the period has in a view.
select count(*) as line_count from ledger where view = $view and cast(month as date) >= $starts and cast(month as date) < $ends
