delete from target where period = '2030';
