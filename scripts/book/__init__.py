"""What binds the pages to the package: formulas, numbers, figures, terms."""
