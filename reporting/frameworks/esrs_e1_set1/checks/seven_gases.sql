-- rule: E1-R23
-- clause: ESRS E1 AR 39 c
-- severity: error
-- wording: CO2, CH4, N2O, HFCs, PFCs, SF6 and NF3 are covered
-- fix: a gas group is missing from factors/gwp.csv
with v as (select datapoint, key, status, value, unit from figure where framework = getvariable('framework') and period = getvariable('period') and value is not null)
select w.gas as subject, 'no figure of Scope 1 for this gas' as message from (values ('CO2'), ('CH4'), ('N2O'), ('HFCs'), ('PFCs'), ('SF6'), ('NF3')) w(gas)
left join v on v.datapoint = 'E1-6_scope1_gas' and v.key = 'gas=' || w.gas left join figure f on f.framework = getvariable('framework') and f.period = getvariable('period') and f.datapoint = 'E1-6_scope1_gas'
    and f.key = 'gas=' || w.gas and f.status = 'withheld' where v.key is null and f.figure_id is null
