//! vat
