"""Work on whole datasets: verifying them."""
