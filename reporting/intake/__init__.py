"""Files to source rows: bytes are hashed, cells are kept as text, what cannot be read becomes a rejected row or a finding."""
