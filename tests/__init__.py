"""What is tested across departments, and the programs that run all tests."""
