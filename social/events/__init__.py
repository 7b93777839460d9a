"""What happens in the community, as facts. Fields are only ever added, with a default."""
