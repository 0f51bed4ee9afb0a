//! Keys and seals: how a notebook is unreadable to whoever finds it.

/// How a passphrase is stretched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StretchParams;
/// What came out of it.
pub struct Stretched;
