//! What `cargo xtask bench` measures: the same gestures, natively and in Chromium, on a notebook of ten years.
//!
//! Figures are plain numbers in the units that their names end with, and nothing where they were not measured. Each is
//! taken over 200 operations at least, after a warm-up, in a release build.

pub mod chromium;
pub mod gestures;
pub mod lists;
pub mod native;
pub mod notebook;
pub mod report;
pub mod sharing;

use serde::Serialize;

/// How often a thing is done.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Before measuring.
    pub warm_up: usize,
    /// While measuring, at least.
    pub operations: usize,
}

impl Effort {
    /// For figures that count.
    pub const WHOLE: Effort = Effort { warm_up: 10, operations: 200 };
    /// To see that the bench itself works.
    pub const QUICK: Effort = Effort { warm_up: 1, operations: 5 };
}

/// Everything measured.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// 60,000 records, natively.
    pub native: Figures,
    /// The same in Chromium.
    pub chromium: BrowserFigures,
    /// A second device of that notebook, natively.
    pub sharing: sharing::SharingFigures,
    /// Five times the data, natively.
    pub native_x5: Figures,
    /// Five times the data in Chromium.
    pub chromium_x5: BrowserFigures,
    /// On what.
    pub machine: Machine,
}

/// What is measured in both hosts.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Figures {
    /// How many records the notebook has, its directory apart.
    pub records: Option<usize>,
    /// Keys ready → *Aujourd'hui* received: unlocking by the words stretches nothing. Median.
    pub unlock_to_today_ms: Option<f64>,
    /// An encounter with its next contact, to the acknowledgement that it is on disk.
    pub save_durable_p95_ms: Option<f64>,
    /// From a keystroke's request to its response, as misspelt names are typed.
    pub search_p95_ms: Option<f64>,
    /// One person and all that concerns them.
    pub person_open_p95_ms: Option<f64>,
    /// *Aujourd'hui*, the notebook being open.
    pub today_p95_ms: Option<f64>,
    /// The live board of a call campaign of everyone who is followed, half of them called.
    pub campaign_live_count_ms: Option<f64>,
    /// A health project of goals and actions, with the circle of its person.
    pub project_open_p95_ms: Option<f64>,
    /// The radar of needs over a year of requests.
    pub radar_ms: Option<f64>,
    /// What would be published for the mairie: two years and the months since, closed and judged.
    pub summary_preview_ms: Option<f64>,
    /// The summary once those are published: what the screen shows, and whether anything is to be published. The year's.
    pub summary_year_ms: Option<f64>,
    /// A survey to which sixty thousand answered: all of it counted, beside the notebook's records.
    pub survey_totals_ms: Option<f64>,
    /// An annual programme of forty items, projects and events among them, with its calendar.
    pub programme_open_p95_ms: Option<f64>,
    /// The most memory that the process had (natively), or the worker's wasm memory.
    pub memory_mb: Option<f64>,
    /// What the store weighs, by record and directory entry.
    pub store_bytes_per_record: Option<f64>,
}

/// What is measured in a browser.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct BrowserFigures {
    /// As natively.
    #[serde(flatten)]
    pub figures: Figures,
    /// The screens' wasm that is loaded before the first screen, compressed by brotli.
    pub ui_wasm_br_kb: Option<f64>,
    /// The same with every part that is loaded later.
    pub ui_wasm_all_br_kb: Option<f64>,
    /// The worker's.
    pub worker_wasm_br_kb: Option<f64>,
    /// The first contentful paint of the locked notebook, the program already kept by the browser. Median.
    pub first_paint_ms: Option<f64>,
    /// A PDF of a year's summary with its report, from the page on screen. Median.
    pub report_pdf_ms: Option<f64>,
    /// How many people the list below has.
    pub list_rows: Option<usize>,
    /// From the press on *Personnes* to the frame that shows the list.
    pub list_open_p95_ms: Option<f64>,
    /// Of a hundred frames of the display, how many had no new picture while the list was scrolled from end to end.
    pub list_scroll_frames_late_pct: Option<f64>,
    /// The same when it is scrolled once more, all of its rows being drawn already: what scrolling alone costs here.
    pub list_again_frames_late_pct: Option<f64>,
    /// The same in a list of as many plain lines, with nothing of ours: the simplest there is.
    pub plain_list_frames_late_pct: Option<f64>,
    /// The same while nothing happens: the machine's own share.
    pub still_frames_late_pct: Option<f64>,
}

/// On what it was measured.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Machine {
    /// How many processors the system shows.
    pub processors: Option<usize>,
    /// Which.
    pub processor: Option<String>,
    /// How much memory.
    pub memory_mb: Option<f64>,
    /// Which system.
    pub system: Option<String>,
}

impl Machine {
    /// This one, as Linux describes it.
    pub fn this() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let value = |text: &str, key: &str| {
            let line = text.lines().find(|line| line.starts_with(key))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        let memory = value(&read("/proc/meminfo"), "MemTotal");
        Machine {
            processors: std::thread::available_parallelism().ok().map(usize::from),
            processor: value(&read("/proc/cpuinfo"), "model name"),
            memory_mb: memory.and_then(|text| text.trim_end_matches(" kB").parse::<f64>().ok()).map(|kb| kb / 1024.0),
            system: Some(read("/proc/sys/kernel/osrelease").trim().to_owned()).filter(|text| !text.is_empty()),
        }
    }
}

/// The value below which so many in a hundred are.
pub fn percentile(values: &[f64], percent: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let values: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!(percentile(&values, 50.0), Some(100.0));
        assert_eq!(percentile(&values, 95.0), Some(190.0));
        assert_eq!(percentile(&[7.0], 95.0), Some(7.0));
        assert_eq!(percentile(&[], 95.0), None);
    }
}
