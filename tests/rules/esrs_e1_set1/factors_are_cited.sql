update entry_price set factor_citation = '' where activity_type = 'diesel.stationary';
