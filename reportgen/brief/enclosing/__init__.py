"""The papers that go with a memo."""
