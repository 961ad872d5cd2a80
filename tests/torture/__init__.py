"""What is thrown at the program for longer than the ordinary tests may take: `make torture`."""
