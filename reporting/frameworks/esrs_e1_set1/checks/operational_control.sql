-- rule: E1-R29
-- clause: ESRS E1 46, AR 40
-- severity: error
-- wording: What is under operational control counts whole, not by share of equity
-- fix: choose a view of approach operational_control (or financial_control where both agree)
select view as subject, 'the view weighs by share of equity' as message from view where view = getvariable('view') and approach = 'equity_share'
