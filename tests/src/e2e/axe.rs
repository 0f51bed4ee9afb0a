//! The accessibility checker, put into the page under test.
//!
//! It touches a third of RGAA's criteria: a floor, not a proof.

use fantoccini::Client;
use serde::Deserialize;
use serde_json::json;

use super::{Told, settings};

/// WCAG 2.0 to 2.2, levels A and AA, and the rules that RGAA 4 adds.
const TAGS: [&str; 7] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "RGAAv4"];

/// One rule that the page breaks.
#[derive(Debug, Deserialize)]
pub struct Violation {
    /// The rule.
    pub id: String,
    /// What it asks for.
    pub help: String,
    /// Where it is broken.
    pub nodes: Vec<Node>,
}

/// One place where a rule is broken.
#[derive(Debug, Deserialize)]
pub struct Node {
    /// The element.
    pub html: String,
    /// What to do there.
    #[serde(rename = "failureSummary")]
    pub summary: Option<String>,
}

/// Everything that the checker finds in the page as it is now.
pub async fn axe(page: &Client) -> Told<Vec<Violation>> {
    let there = page.execute("return typeof window.axe === 'object'", vec![]).await?;
    if there != json!(true) {
        page.execute(&std::fs::read_to_string(settings::axe())?, vec![]).await?;
    }
    let found = page
        .execute_async(
            "const [tags, done] = arguments;
             axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
                .then((result) => done({ passes: result.passes.length, violations: result.violations }),
                      (error) => done({ error: String(error) }));",
            vec![json!(TAGS)],
        )
        .await?;
    if let Some(error) = found.get("error") {
        return Err(format!("axe: {error}").into());
    }
    // A checker that checked nothing would find nothing.
    if found.get("passes").and_then(serde_json::Value::as_u64).unwrap_or(0) == 0 {
        return Err("axe found no rule to try on this page".into());
    }
    Ok(serde_json::from_value(found.get("violations").cloned().unwrap_or_default())?)
}
