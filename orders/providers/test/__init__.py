"""The built-in test bank: no real money, but every turn a real payment takes."""
