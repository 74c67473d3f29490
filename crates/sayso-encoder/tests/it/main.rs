//! Encoders against a slow and simple way to get the same.
