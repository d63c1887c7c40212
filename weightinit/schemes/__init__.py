"""The schemes, one small module each."""
