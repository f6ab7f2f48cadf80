update scope3_category set status = 'undecided', reason = 'not said' where category = '11';
