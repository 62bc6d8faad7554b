from fedele.records.exchange.tests.conftest import in_english

__all__ = ["in_english"]
