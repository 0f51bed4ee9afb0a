//! Light or dark: as the system says, unless one chose on this device.

use leptos::prelude::*;

use crate::browser;

const KEPT_AS: &str = "maillon.theme";

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The code that is kept, and that the style sheet reads.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The choice of a code.
    pub fn from_code(code: &str) -> Self {
        Theme::ALL.into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }
}

/// What was chosen on this device.
pub fn kept() -> Theme {
    browser::kept(KEPT_AS).map(|code| Theme::from_code(&code)).unwrap_or_default()
}

/// Shows the page so, and keeps the choice.
pub fn choose(theme: Theme) {
    browser::keep(KEPT_AS, theme.code());
    apply(theme);
}

/// Shows the page as was chosen.
pub fn apply_kept() {
    apply(kept());
}

fn apply(theme: Theme) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme.code());
    }
}
