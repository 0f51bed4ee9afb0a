//! The browser's clock, its chance, and Argon2 in a worker of its own.

use js_sys::Date;
use maillon_engine::ambient::{Ambient, StretchError};
use maillon_engine::vault::{self, StretchParams, Stretched};
use maillon_shared::domain::time::Instant;
use web_sys::DedicatedWorkerGlobalScope;

use crate::stretch;

/// What the engine needs of a browser.
pub(crate) struct BrowserAmbient {
    scope: DedicatedWorkerGlobalScope,
}

impl BrowserAmbient {
    pub(crate) fn new(scope: DedicatedWorkerGlobalScope) -> Self {
        BrowserAmbient { scope }
    }
}

impl Ambient for BrowserAmbient {
    type Folder = maillon_engine::link::NoFolder;

    fn now(&self) -> Instant {
        let now = Date::new_0();
        // A browser counts minutes from the place to UTC; an instant counts them from UTC to the place.
        Instant { utc_ms: now.get_time() as i64, offset_min: -now.get_timezone_offset() as i16 }
    }

    fn random(&mut self, bytes: &mut [u8]) {
        // Going on without chance would make keys that anyone could guess. The page is told that the engine stopped.
        getrandom::fill(bytes).expect("the browser gives chance");
    }

    async fn stretch(&mut self, secret: &[u8], params: &StretchParams) -> Result<Stretched, StretchError> {
        match stretch::in_a_worker(&self.scope, secret, params).await {
            Ok(stretched) => Ok(stretched),
            // Some browsers have no worker inside a worker. It then takes memory that this one keeps, and that is all.
            Err(_) => vault::stretch(secret, params),
        }
    }
}
