-- fact: iso_electricity
-- place: Category 2
select f.framework, p.period, 'stated' as status,
    'Imported electricity is quantified with average factors of the grid where it was consumed (location-based): that is the figure of category 2. The market-based figure, with contractual instruments, is additional information and enters no total.' as text
from framework f cross join period p
