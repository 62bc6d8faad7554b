"""The data of the company that runs this installation."""
