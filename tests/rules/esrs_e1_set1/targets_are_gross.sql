update target set figure = 'esrs_e1_set1/E1-7_10' where target = 'scope-1-2030';
