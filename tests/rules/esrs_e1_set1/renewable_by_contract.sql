update energy_mix set evidence = 'region:US' where evidence = 'instrument:US-2026-Q3-A';
