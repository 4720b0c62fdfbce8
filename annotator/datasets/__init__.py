"""Work on whole datasets: which sets go out, splitting, describing, verifying."""
