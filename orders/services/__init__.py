"""Every write of orders, one module a noun."""
