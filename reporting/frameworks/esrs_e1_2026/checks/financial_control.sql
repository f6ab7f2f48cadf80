-- rule: ESRS26-R02
-- clause: ESRS E1 (revised), boundary of the financial statements
-- severity: warning
-- wording: The inventory follows financial control unless another approach is explained
-- fix: choose a view of approach financial_control, or explain the other approach
select view as subject, 'the view is ' || replace(approach, '_', ' ') as message from view where view = getvariable('view') and approach <> 'financial_control'
