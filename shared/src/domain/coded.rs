//! Closed choices that are written for ever as a code.
//!
//! A newer Maillon may write a code that this one does not know: it is kept as it is and shown as such, never lost and
//! never read as something else.

/// Declares an enum whose variants are written as codes, with an `Unknown` one that keeps what it does not know.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// Written by a newer version.
            Unknown(String),
        }

        impl $name {
            /// Every choice this version offers, in the order in which it offers them.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The code that is written.
            pub fn code(&self) -> &str {
                match self {
                    $($name::$variant => $code,)*
                    $name::Unknown(code) => code,
                }
            }

            /// What a code says.
            pub fn from_code(code: &str) -> Self {
                match code {
                    $($code => $name::$variant,)*
                    other => $name::Unknown(other.to_owned()),
                }
            }
        }
    };
}

pub(crate) use coded;
