-- What a text may refer to.
select figure_id, period, status, stated, decimals, unit from figure
