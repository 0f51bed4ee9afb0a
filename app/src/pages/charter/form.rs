//! A charter to begin, one's own or common to a group, with the parts that a report usually has.

use leptos::prelude::*;
use maillon_shared::api::charter::{CharterFile, CharterWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::charter::{Line, PostCharter, ReportSection};
use maillon_shared::domain::disclosure::Threshold;
use maillon_shared::domain::ids::{CharterId, GroupId, LineId};

use super::ask_all;
use super::line::{FORM, SheetFields};
use super::sheet::{Of, Sheet, fields_since, lay};
use super::words::write;
use crate::routes::{CharterRoute, Route};
use crate::ui::{Chips, Choice, FormFrame, Opened, Problem, Save, load_once, when_loaded};
use crate::words::{charter as w, events as e, note};
use crate::{browser, drafts};

/// The code of what is one's own alone.
const NONE: &str = "none";

/// A file with nothing in it, for the form of what begins.
fn nothing(charter: PostCharter) -> CharterFile {
    let (proposed, due, names, conflicts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let threshold = Threshold::FIVE;
    CharterFile { charter, proposed, due, threshold, names, group: None, may_write: true, conflicts }
}

/// Puts the parts of a report in a charter that begins. From then on they are its own, to change.
fn with_sections(charter: &mut PostCharter, mut id: impl FnMut() -> LineId) {
    for title in w::section_titles().split(';').map(str::trim).filter(|title| !title.is_empty()) {
        charter.sections.push(ReportSection { title: title.to_owned(), ..ReportSection::empty(id()) });
    }
}

/// A charter to begin.
#[component]
pub fn NewCharterPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let all = ask_all().await?;
        let begun = PostCharter::empty(CharterId(browser::random_id()));
        let mut sheet = Sheet::of(Of::About, &begun);
        sheet.say("commune", all.commune);
        let opened = Opened::find(drafts::key(FORM, CharterRoute::New.draft_subject()), sheet, lay).await;
        Ok((opened, all.groups, begun))
    });
    when_loaded(loaded, |found| {
        let (opened, groups, begun) = found.get_untracked();
        let file = nothing(begun.clone());
        let save = move |sheet: &Sheet, draft: DraftKey| {
            let mut charter = begun.clone();
            for change in sheet.changes(&begun)? {
                charter.apply(&change);
            }
            with_sections(&mut charter, || LineId(browser::random_id()));
            let then = Route::Charter(CharterRoute::One(charter.id));
            let (charter, draft) = (Box::new(charter), Some(draft));
            Ok(Save { request: write(CharterWrite::Create { charter, group: sheet.group, draft }), then })
        };
        let draw = move |sheet: RwSignal<Sheet>, problems: RwSignal<Vec<Problem>>| {
            view! {
                <WithWhom sheet=sheet groups=groups />
                <SheetFields sheet=sheet problems=problems file=StoredValue::new(file) />
            }
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Charter(CharterRoute::Home)
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=draw
            />
        }
    })
}

/// With whom it is common, which is chosen at its beginning.
#[component]
fn WithWhom(sheet: RwSignal<Sheet>, groups: Vec<(GroupId, String)>) -> impl IntoView {
    let no_group = groups.is_empty();
    let choices = Signal::derive(move || {
        let others = groups.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone()));
        std::iter::once(Choice::new(NONE, e::mine())).chain(others).collect::<Vec<_>>()
    });
    let group =
        Signal::derive(move || sheet.with(|sheet| sheet.group.map_or_else(|| NONE.to_owned(), |id| id.to_string())));
    let set_group = Callback::new(move |id: String| sheet.update(|sheet| sheet.group = GroupId::parse(&id)));
    view! {
        <Show when=move || !no_group>
            <Chips name="group" legend=|| e::with_whom() choices=choices chosen=group choose=set_group />
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charter_begins_with_the_parts_of_a_report_to_write_by_hand() {
        let mut charter = PostCharter::empty(CharterId([9; 16]));
        let mut n = 0;
        with_sections(&mut charter, || {
            n += 1;
            LineId([n; 16])
        });
        assert!(charter.sections.len() >= 4);
        assert!(charter.sections.iter().all(|section| section.words.is_empty()));
    }
}
