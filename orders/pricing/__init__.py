"""What a basket costs, line by line and code by code. Pure: values in, values out, no database, no clock."""
