"""The checks, one module a family: each offers `check(document) -> Iterator[Finding]`, its words stand in TOML."""
