from fedele.access.tests.conftest import as_sara, forget_attempts, sara

__all__ = ["as_sara", "forget_attempts", "sara"]
