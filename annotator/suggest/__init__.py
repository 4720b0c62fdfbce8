"""What is offered around a mark: who said it, who passed it on, what is denied. It decides nothing."""
