update scope3_category set reason = '' where category = '11';
