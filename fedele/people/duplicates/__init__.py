"""Records that are perhaps the same person or organisation, across leads, contacts and companies.

`engine` compares two, `index` and `finding` find what a record is like, `scanning` goes through the whole archive, `queue` is
where people decide. What is decided to be one is merged by `records.merging`.
"""
