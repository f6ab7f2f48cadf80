-- title: True-ups and revised comparatives
-- lead: What earlier reports stated and what the ledger holds now. Within a year the difference is a true-up of this period, a line of its own that is in none of its figures and intensities; what was reported, all true-ups and the periods since add up to the year to date. Of an earlier year, the comparative is revised.
-- place: annex
-- order: 45
-- columns: closed_period=Closed period; figure=Figure; treatment=Treatment; closed_value=As reported, t CO2e|3; trued_up_before=Trued up before, t CO2e|3; difference=Difference here, t CO2e|3; restated=Now, t CO2e|3; causes=Reads that replaced accruals; reason=Reason; figure_id=Id
select closed_period, figure, treatment, closed_value, trued_up_before, difference, restated, causes, reason, figure || '/true_up=' || closed_period as figure_id
from true_up where reported_in = getvariable('period') order by closed_period, figure
