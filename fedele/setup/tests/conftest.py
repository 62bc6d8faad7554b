from fedele.access.tests.conftest import as_sara, forget_attempts, giulia, sara

__all__ = ["as_sara", "forget_attempts", "giulia", "sara"]
