//! What was written, each act with its undo, and what was read: newest first, more as one asks.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{ActRow, ReadRow};

use crate::door::answer;
use crate::routes::Route;
use crate::session::undo;
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{addresses, household, journals as w, lists, more, paper};
use crate::{browser, when};

/// How many more lines come at a time.
const PAGE: u16 = 50;

/// What was written.
#[component]
pub fn WritesPage() -> impl IntoView {
    let limit = RwSignal::new(PAGE);
    let loaded = load(move || {
        let limit = limit.get();
        async move { answer!(Request::Acts { before: None, limit }, Acts(rows) => rows) }
    });
    view! {
        <Back to=Route::More label=more::title />
        <Title>{more::writes}</Title>
        <p class="detail">{w::writes_lead}</p>
        <OnPaper paper=Paper::NamesPeople />
        {when_loaded(
            loaded,
            move |rows| {
                view! {
                    <ul class="rows">
                        <For each=move || rows.get() key=|row| (row.number, row.undone) let:row>
                            <Act row=row />
                        </For>
                    </ul>
                    <Older count=Signal::derive(move || rows.with(Vec::len)) limit=limit />
                }
            },
        )}
    }
}

#[component]
fn Act(row: ActRow) -> impl IntoView {
    let ActRow { act, at, what, about, undone, .. } = row;
    let undone_tag = undone.then(|| view! { <span class="tag">{w::undone}</span> });
    // What was given out of the register, to a professional or to a neighbour was given; what was erased is gone; what was
    // published may have been read.
    let stays = [
        "record_extract",
        "give_liaison_sheet",
        "give_meeting_paper",
        "copy_to_neighbour",
        "answer_group",
        "introduce_devices",
        "group_succession",
        "end_copy",
        "erase_provisional",
        "tell_erasures",
        "join_devices",
        "publish_summary",
    ];
    let button = (!undone && !stays.contains(&&*what)).then(|| {
        view! {
            <span class="acts">
                <button type="button" on:click=move |_| undo(act)>
                    {w::undo}
                </button>
            </span>
        }
    });
    let detail = move || {
        let at = when::instant(at, browser::today());
        if about.is_empty() { at } else { format!("{about} · {at}") }
    };
    view! {
        <li class="plain">
            <span class="row-head">
                <span class="who">{move || act_words(&what)}</span>
                {undone_tag}
            </span>
            <span class="why">{detail}</span>
            {button}
        </li>
    }
}

/// What was done, in words; the code of a newer version is shown as it is.
fn act_words(code: &str) -> String {
    let words = match code {
        "create_person" => w::create_person(),
        "edit_person" => w::edit_person(),
        "record_encounter" => w::record_encounter(),
        "edit_encounter" => w::edit_encounter(),
        "plan_follow_up" => w::plan_follow_up(),
        "reschedule" => w::reschedule(),
        "complete" => w::complete(),
        "cancel" => w::cancel(),
        "create_entry" => w::create_entry(),
        "edit_entry" => w::edit_entry(),
        "give_entry" => w::give_entry(),
        "withdraw_entry" => w::withdraw_entry(),
        "record_emergency_disclosure" => w::record_emergency_disclosure(),
        "assess" => w::assess(),
        "edit_assessment" => w::edit_assessment(),
        "join_household" => household::joined(),
        "leave_household" => household::left(),
        "same_address" => household::moved_along(),
        "merge_people" => w::merge_people(),
        "unmerge_people" => w::unmerge_people(),
        "import_directory" => w::import_directory(),
        "import_people" => w::import_people(),
        "raise_alert" => w::raise_alert(),
        "edit_alert" => w::edit_alert(),
        "hand_over_alert" => w::hand_over_alert(),
        "judge_alert" => w::judge_alert(),
        "acknowledge_alert" => w::acknowledge_alert(),
        "note_alert_step" => w::note_alert_step(),
        "close_alert" => w::close_alert(),
        "reopen_alert" => w::reopen_alert(),
        "keep_account" => w::keep_account(),
        "create_campaign" => w::create_campaign(),
        "edit_campaign" => w::edit_campaign(),
        "refresh_campaign" => w::refresh_campaign(),
        "allot_calls" => w::allot_calls(),
        "record_attempts" => w::record_attempts(),
        "edit_attempt" => w::edit_attempt(),
        "close_campaign" => w::close_campaign(),
        "lend_calls" => w::lend_calls(),
        "take_back_calls" => w::take_back_calls(),
        "create_register_entry" => w::create_register_entry(),
        "edit_register_entry" => w::edit_register_entry(),
        "acknowledge" => w::acknowledge(),
        "strike_off" => w::strike_off(),
        "oppose_register" => w::oppose_register(),
        "register_again" => w::register_again(),
        "designate_agent" => w::designate_agent(),
        "edit_agent" => w::edit_agent(),
        "end_agent" => w::end_agent(),
        "record_extract" => w::record_extract(),
        "import_register" => w::import_register(),
        "lend_register" => w::lend_register(),
        "tell_erasures" => w::tell_erasures(),
        "join_devices" => w::join_devices(),
        "publish_summary" => w::publish_summary(),
        "take_back_register" => w::take_back_register(),
        "open_project" => w::open_project(),
        "notice_stay" => w::notice_stay(),
        "edit_stay" => w::edit_stay(),
        "note_return" => w::note_return(),
        "end_stay" => w::end_stay(),
        "edit_project" => w::edit_project(),
        "review_project" => w::review_project(),
        "halt_project" => w::halt_project(),
        "resume_project" => w::resume_project(),
        "plan_meeting" => w::plan_meeting(),
        "edit_meeting" => w::edit_meeting(),
        "hold_meeting" => w::hold_meeting(),
        "tell_back" => w::tell_back(),
        "cancel_meeting" => w::cancel_meeting(),
        "give_meeting_paper" => w::give_meeting_paper(),
        "edit_circle" => w::edit_circle(),
        "give_liaison_sheet" => w::give_liaison_sheet(),
        "copy_to_neighbour" => w::copy_to_neighbour(),
        "take_up_set_aside" => w::take_up_set_aside(),
        "end_copy" => w::end_copy(),
        "remark_on_copy" => w::remark_on_copy(),
        "import_addresses" => addresses::act_import(),
        "remove_addresses" => addresses::act_remove(),
        "create_project" => w::create_project(),
        "edit_collective" => w::edit_collective(),
        "next_year_project" => w::next_year_project(),
        "close_project" => w::close_project(),
        "create_event" => w::create_event(),
        "create_procedure" => w::create_procedure(),
        "edit_procedure" => w::edit_procedure(),
        "publish_procedure" => w::publish_procedure(),
        "begin_procedure" => w::begin_procedure(),
        "create_sheet" => w::create_sheet(),
        "edit_sheet" => w::edit_sheet(),
        "leave_sheet" => w::leave_sheet(),
        "keep_sheet" => w::keep_sheet(),
        "set_sheet_aside" => w::set_sheet_aside(),
        "create_roadmap" => w::create_roadmap(),
        "edit_roadmap" => w::edit_roadmap(),
        "create_programme" => w::create_programme(),
        "edit_programme" => w::edit_programme(),
        "edit_event" => w::edit_event(),
        "create_diagnosis" => w::create_diagnosis(),
        "edit_diagnosis" => w::edit_diagnosis(),
        "create_application" => w::create_application(),
        "edit_application" => w::edit_application(),
        "create_outreach" => w::create_outreach(),
        "edit_outreach" => w::edit_outreach(),
        "create_information" => w::create_information(),
        "edit_information" => w::edit_information(),
        "edit_board" => w::edit_board(),
        "create_means" => w::create_means(),
        "edit_means" => w::edit_means(),
        "create_charter" => w::create_charter(),
        "edit_charter" => w::edit_charter(),
        "load_communes" => w::load_communes(),
        "load_events" => w::load_events(),
        "load_priorities" => w::load_priorities(),
        "create_survey" => w::create_survey(),
        "edit_survey" => w::edit_survey(),
        "respond" => w::respond(),
        "settle_sheet" => w::settle_sheet(),
        "unsettle_sheet" => w::unsettle_sheet(),
        "part_sheets" => w::part_sheets(),
        "judge_remark" => w::judge_remark(),
        "take_back_survey" => w::take_back_survey(),
        "keep_figures" => w::keep_figures(),
        "introduce_devices" => w::introduce_devices(),
        "group_succession" => w::group_succession(),
        "name_group" => w::name_group(),
        "answer_group" => w::answer_group(),
        "share_project" => w::share_project(),
        "copy_common_project" => w::copy_common_project(),
        "say_difficulty" => w::say_difficulty(),
        "edit_difficulty" => w::edit_difficulty(),
        "create_situation" => w::create_situation(),
        "edit_situation" => w::edit_situation(),
        "read_situation" => w::read_situation(),
        "edit_settings" => w::edit_settings(),
        "edit_lists" => lists::edited(),
        "receive_request" => w::receive_request(),
        "edit_request" => w::edit_request(),
        "hear_request" => w::hear_request(),
        "analyse_request" => w::analyse_request(),
        "offer_option" => w::offer_option(),
        "orient_request" => w::orient_request(),
        "note_feedback" => w::note_feedback(),
        "take_to_group" => w::take_to_group(),
        "close_request" => w::close_request(),
        "reopen_request" => w::reopen_request(),
        "report_person" => w::report_person(),
        "edit_report" => w::edit_report(),
        "inform_reported" => w::inform_reported(),
        "erase_provisional" => w::erase_provisional(),
        "undo" => w::undo_act(),
        other => return other.to_owned(),
    };
    words.to_owned()
}

/// What was read.
#[component]
pub fn ReadsPage() -> impl IntoView {
    let limit = RwSignal::new(PAGE);
    let loaded = load(move || {
        let limit = limit.get();
        async move { answer!(Request::Reads { before: None, limit }, Reads(rows) => rows) }
    });
    view! {
        <Back to=Route::More label=more::title />
        <Title>{more::reads}</Title>
        <p class="detail">{w::reads_lead}</p>
        <OnPaper paper=Paper::NamesPeople />
        {when_loaded(
            loaded,
            move |rows| {
                view! {
                    <ul class="rows">
                        <For each=move || rows.get() key=|row| row.number let:row>
                            <Read row=row />
                        </For>
                    </ul>
                    <Older count=Signal::derive(move || rows.with(Vec::len)) limit=limit />
                }
            },
        )}
    }
}

#[component]
fn Read(row: ReadRow) -> impl IntoView {
    let ReadRow { at, what, about, .. } = row;
    // A whole list is about nobody in particular: what was opened stands first.
    let (first, then) = (about.clone(), what.clone());
    let who = move || if first.is_empty() { read_words(&then) } else { first.clone() };
    let detail = move || {
        let at = when::instant(at, browser::today());
        if about.is_empty() { at } else { format!("{} · {at}", read_words(&what)) }
    };
    view! {
        <li class="plain">
            <span class="row-head">
                <span class="who">{who}</span>
            </span>
            <span class="why">{detail}</span>
        </li>
    }
}

/// What was opened, in words.
fn read_words(code: &str) -> String {
    let words = match code {
        "person" => w::read_person(),
        "encounter" => w::read_encounter(),
        "request" => w::read_request(),
        "history" => w::read_history(),
        "personal_data" => w::read_personal_data(),
        "campaign" => w::read_campaign(),
        "alert" => w::read_alert(),
        "accounts" => w::read_accounts(),
        "project" => w::read_project(),
        "stay" => w::read_stay(),
        "meeting" => w::read_meeting(),
        "circle" => w::read_circle(),
        "liaison" => w::read_liaison(),
        "copies" | "copy_preview" => w::read_copies(),
        "received_copy" => w::read_received_copy(),
        "register" => w::read_register(),
        "register_print" => w::read_register_print(),
        "register_entry" => w::read_register_entry(),
        other => return other.to_owned(),
    };
    words.to_owned()
}

/// The end of a list: nothing yet, or more to ask for.
#[component]
fn Older(count: Signal<usize>, limit: RwSignal<u16>) -> impl IntoView {
    let is_whole = move || count.get() < usize::from(limit.get());
    view! {
        <p class="empty" hidden=move || count.get() != 0>
            {w::nothing}
        </p>
        <button
            type="button"
            class="quiet"
            hidden=is_whole
            on:click=move |_| limit.update(|limit| *limit = limit.saturating_add(PAGE))
        >
            {w::older}
        </button>
        // A journal of years is no paper: what is not printed is said.
        <p class="print-only" hidden=is_whole>
            {move || paper::latest(limit.get())}
        </p>
        <p class="acts" hidden=move || count.get() == 0>
            <PrintButton />
        </p>
    }
}
