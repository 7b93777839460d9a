"""What is in a meal: lines of text to foods, grams, nutrients, allergens and diets. Pure functions, no Django."""
