//! What became of a meeting: it took place, with her or for her, and who came; she was told back; or it will not take place.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::meetings::{MeetingFile, MeetingWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::ids::{LineId, SharedMeetingId};
use maillon_shared::domain::shared_meeting::{Came, Held, Presence, ToldBack};

use super::read;
use super::words::presence_words;
use crate::browser;
use crate::drafts::{self, Fields};
use crate::pages::circle::who::{Who, WhoIs};
use crate::pages::circle::words::helper_words;
use crate::routes::{MeetingRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Chips, Choice, DayField, FormFrame, Opened, Problem, Save, Text, TextArea, TextField, load_once,
    today_or_yesterday, when_loaded,
};
use crate::words::{meeting as w, note};

/// The codes of whether someone was there.
const THERE: &str = "there";
const ABSENT: &str = "absent";
const REPRESENTED: &str = "represented";

/// That it took place, while it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
struct HoldForm {
    on: NaiveDate,
    presence: String,
    who: Who,
    why: String,
    came: Vec<GuestCame>,
}

/// Whether a guest came, while it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
struct GuestCame {
    id: LineId,
    came: String,
    by: String,
}

impl GuestCame {
    fn said(&self) -> Option<Came> {
        match self.came.as_str() {
            THERE => Some(Came::There),
            ABSENT => Some(Came::Absent),
            REPRESENTED => Some(Came::Represented(self.by.trim().to_owned())),
            _ => None,
        }
    }
}

/// It took place.
#[component]
pub fn HoldPage(id: SharedMeetingId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = read(id).await?;
        let offered = offered(&file);
        let form = form_of(&file, &offered);
        let names = file.guests.iter().map(|guest| (guest.id, helper_words(&guest.shown))).collect::<Vec<_>>();
        Ok::<_, Failure>((Opened::find(drafts::key("meeting_hold", id), form, lay).await, offered, names))
    });
    when_loaded(loaded, move |loaded| {
        let (opened, offered, names) = loaded.get_untracked();
        view! { <Hold id=id opened=opened offered=offered names=names /> }
    })
}

/// Who may have spoken for her: those of her circle and of her sheet, the guests.
fn offered(file: &MeetingFile) -> Vec<Choice> {
    let mut who: Vec<Choice> = Vec::new();
    let circle = file.circle.iter().map(|row| (row.member.who.to_string(), helper_words(&row.shown)));
    let related = file.related.iter().map(|one| (Helper::Related(one.id).to_string(), one.name.clone()));
    let guests = file
        .meeting
        .guests
        .iter()
        .filter_map(|guest| Some((guest.who.to_string(), helper_words(&file.guest(guest.id)?.shown))));
    for (code, name) in circle.chain(related).chain(guests) {
        if !name.is_empty() && !who.iter().any(|choice| choice.code == code) {
            who.push(Choice::new(code, name));
        }
    }
    who
}

fn form_of(file: &MeetingFile, offered: &[Choice]) -> HoldForm {
    let meeting = &file.meeting;
    let held = meeting.held();
    let presence = held.map(|held| &held.presence);
    let who = match presence {
        Some(Presence::Represented { by, .. }) => Who::of(&by.to_string(), offered),
        _ => Who::default(),
    };
    HoldForm {
        on: held.map_or_else(|| meeting.day.min(browser::today()), |held| held.on),
        presence: presence.map(|presence| presence.code().to_owned()).unwrap_or_default(),
        who,
        why: presence.map(|presence| presence.why().to_owned()).unwrap_or_default(),
        came: meeting
            .guests
            .iter()
            .map(|guest| GuestCame {
                id: guest.id,
                came: match &guest.came {
                    Some(Came::There) => THERE.to_owned(),
                    Some(Came::Absent) => ABSENT.to_owned(),
                    Some(Came::Represented(_)) => REPRESENTED.to_owned(),
                    Some(Came::Unknown(_)) | None => String::new(),
                },
                by: match &guest.came {
                    Some(Came::Represented(by)) => by.clone(),
                    _ => String::new(),
                },
            })
            .collect(),
    }
}

#[component]
fn Hold(
    id: SharedMeetingId,
    opened: Opened<HoldForm>,
    offered: Vec<Choice>,
    names: Vec<(LineId, String)>,
) -> impl IntoView {
    let there = Route::Meeting(MeetingRoute::One(id));
    let then = there.clone();
    let before = opened.before.clone();
    let save = move |form: &HoldForm, draft: DraftKey| {
        let presence = presence_of(form)?;
        let changed = form.came.iter().filter(|now| !before.came.contains(now));
        let came = changed.map(|now| (now.id, now.said())).collect();
        let held = Held { on: form.on, presence };
        let write = MeetingWrite::Hold { id, held, came, draft: Some(draft) };
        Ok(Save { request: Request::WriteMeeting(Box::new(write)), then: then.clone() })
    };
    let draw = move |form: RwSignal<HoldForm>, problems: RwSignal<Vec<Problem>>| {
        view! { <HoldFields form=form problems=problems offered=offered names=names /> }
    };
    view! {
        <FormFrame
            title=w::note_held
            way_back=there
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

/// Whether she was there, or all that is to be mended before one can say.
fn presence_of(form: &HoldForm) -> Result<Presence, Vec<Problem>> {
    let mut found = Vec::new();
    let mut say = |field: &str, words: &str| found.push(Problem { field: field.into(), words: words.into() });
    if form.on > browser::today() {
        say("on", w::not_yet());
    }
    let why = form.why.trim().to_owned();
    let by = form.who.code().and_then(|code| Helper::parse(&code));
    if matches!(form.presence.as_str(), ABSENT | REPRESENTED) && why.is_empty() {
        say("why", w::needs_why());
    }
    let presence = match (form.presence.as_str(), by) {
        (THERE, _) => Some(Presence::There),
        (ABSENT, _) => Some(Presence::Absent { why }),
        (REPRESENTED, Some(by)) => Some(Presence::Represented { by, why }),
        (REPRESENTED, None) => {
            say("who", w::needs_who());
            None
        }
        _ => {
            say("presence", w::needs_presence());
            None
        }
    };
    if let Some(guest) = form.came.iter().find(|one| one.came == REPRESENTED && one.by.trim().is_empty()) {
        say(&format!("by-{}", guest.id), w::needs_by());
    }
    presence.filter(|_| found.is_empty()).ok_or(found)
}

#[component]
fn HoldFields(
    form: RwSignal<HoldForm>,
    problems: RwSignal<Vec<Problem>>,
    offered: Vec<Choice>,
    names: Vec<(LineId, String)>,
) -> impl IntoView {
    let on = Signal::derive(move || form.with(|form| Some(form.on)));
    let set_on = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.on = day.unwrap_or(form.on)));
    let choices = Signal::derive(|| {
        let represented = w::was_represented().to_owned();
        vec![
            Choice::new(THERE, presence_words(&Presence::There, None)),
            Choice::new(REPRESENTED, represented),
            Choice::new(ABSENT, w::was_absent()),
        ]
    });
    let presence = Signal::derive(move || form.with(|form| form.presence.clone()));
    let choose = Callback::new(move |code: String| form.update(|form| form.presence = code));
    let not_there = move || presence.with(|code| matches!(code.as_str(), ABSENT | REPRESENTED));
    let why = Text::within(form, |form: &HoldForm| form.why.clone(), |form, text| form.why = text);
    let error = move |field: &'static str| {
        let error = problem_of(problems, field);
        view! { <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p> }
    };
    let guests = names.into_iter().map(|(id, name)| view! { <Guest form=form problems=problems id=id name=name /> });
    view! {
        {error("on")}
        <DayField id="on" legend=|| w::held_when() near=today_or_yesterday(None) day=on set=set_on />
        {error("presence")}
        <Chips name="presence" legend=|| w::presence() choices=choices chosen=presence choose=choose />
        <div hidden=move || presence.with(|code| code != REPRESENTED)>
            <WhoIs
                form=form
                read=|form| &form.who
                write=|form| &mut form.who
                legend=w::represented_by
                offered=offered
                problems=problems
            />
        </div>
        <div hidden=move || !not_there()>
            <TextField id="why" label=w::why_not hint=w::why_not_hint text=why error=problem_of(problems, "why") />
            <p class="detail">{w::will_be_told}</p>
        </div>
        {guests.collect_view()}
    }
}

/// Whether one guest came.
#[component]
fn Guest(form: RwSignal<HoldForm>, problems: RwSignal<Vec<Problem>>, id: LineId, name: String) -> impl IntoView {
    let read = move |part: fn(&GuestCame) -> &String| {
        form.with(|form| form.came.iter().find(|one| one.id == id).map(|one| part(one).clone()).unwrap_or_default())
    };
    let chosen = Signal::derive(move || read(|one| &one.came));
    let choose = Callback::new(move |code: String| {
        form.update(|form| {
            if let Some(one) = form.came.iter_mut().find(|one| one.id == id) {
                one.came = code;
            }
        });
    });
    let by = Text::within(
        form,
        move |form: &HoldForm| form.came.iter().find(|one| one.id == id).map(|one| one.by.clone()).unwrap_or_default(),
        move |form, text| {
            if let Some(one) = form.came.iter_mut().find(|one| one.id == id) {
                one.by = text;
            }
        },
    );
    let choices = Signal::derive(|| {
        vec![
            Choice::new(THERE, w::came()),
            Choice::new(ABSENT, w::did_not_come()),
            Choice::new(REPRESENTED, w::someone_came_for_them()),
        ]
    });
    let field = format!("by-{id}");
    let error = Signal::derive({
        let field = field.clone();
        move || problems.with(|all| all.iter().find(|one| one.field == field).map(|one| one.words.clone()))
    });
    view! {
        <Chips name=format!("came-{id}") legend=move || name.clone() choices=choices chosen=chosen choose=choose />
        <div hidden=move || chosen.with(|code| code != REPRESENTED)>
            <TextField id=field label=w::who_came text=by error=error />
        </div>
    }
}

/// How the fields of a guest begin in a draft.
const GUEST: &str = "guest-";

fn fields_since(opened: &HoldForm, form: &HoldForm) -> Fields {
    let of =
        |form: &HoldForm| [("on", form.on.to_string()), ("presence", form.presence.clone()), ("why", form.why.clone())];
    let mut fields = Fields::that_differ(of(opened), of(form));
    form.who.put(&opened.who, &mut fields);
    for one in form.came.iter().filter(|one| !opened.came.contains(one)) {
        fields.put(format!("{GUEST}{}-came", one.id), one.came.clone());
        fields.put(format!("{GUEST}{}-by", one.id), one.by.clone());
    }
    fields
}

fn lay(form: &mut HoldForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "on" => form.on = value.parse().unwrap_or(form.on),
            "presence" => form.presence = value.to_owned(),
            "why" => form.why = value.to_owned(),
            name => match name.strip_prefix(GUEST).and_then(|rest| rest.split_once('-')) {
                Some((id, part)) => {
                    let one = form.came.iter_mut().find(|one| LineId::parse(id) == Some(one.id));
                    match (one, part) {
                        (Some(one), "came") => one.came = value.to_owned(),
                        (Some(one), "by") => one.by = value.to_owned(),
                        _ => {}
                    }
                }
                None => form.who.lay(name, value),
            },
        }
    }
}

// ── What she was told, and why it does not take place ───────────────────────────────────────────────────────────────

/// A day and a few words, while they are filled.
#[derive(Clone, Debug, PartialEq, Eq)]
struct SaidForm {
    on: NaiveDate,
    words: String,
}

fn said_since(opened: &SaidForm, form: &SaidForm) -> Fields {
    let of = |form: &SaidForm| [("on", form.on.to_string()), ("words", form.words.clone())];
    Fields::that_differ(of(opened), of(form))
}

fn lay_said(form: &mut SaidForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "on" => form.on = value.parse().unwrap_or(form.on),
            "words" => form.words = value.to_owned(),
            _ => {}
        }
    }
}

/// She was told what was decided without her.
#[component]
pub fn TellBackPage(id: SharedMeetingId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let meeting = read(id).await?.meeting;
        let form = match &meeting.told_back {
            Some(told) => SaidForm { on: told.on, words: told.words.clone() },
            None => SaidForm { on: browser::today(), words: String::new() },
        };
        let key = drafts::key("meeting_told", id);
        Ok::<_, Failure>((Opened::find(key, form, lay_said).await, meeting.shown_on()))
    });
    when_loaded(loaded, move |loaded| {
        let (opened, held_on) = loaded.get_untracked();
        view! { <TellBack id=id opened=opened held_on=held_on /> }
    })
}

#[component]
fn TellBack(id: SharedMeetingId, opened: Opened<SaidForm>, held_on: NaiveDate) -> impl IntoView {
    let there = Route::Meeting(MeetingRoute::One(id));
    let then = there.clone();
    let save = move |form: &SaidForm, draft: DraftKey| {
        let mut found = Vec::new();
        if form.on < held_on || form.on > browser::today() {
            found.push(Problem { field: "on".into(), words: w::told_before().into() });
        }
        if form.words.trim().is_empty() {
            found.push(Problem { field: "words".into(), words: w::needs_told().into() });
        }
        if !found.is_empty() {
            return Err(found);
        }
        let told = ToldBack { on: form.on, words: form.words.trim().to_owned() };
        let write = MeetingWrite::TellBack { id, told, draft: Some(draft) };
        Ok(Save { request: Request::WriteMeeting(Box::new(write)), then: then.clone() })
    };
    let draw = |form: RwSignal<SaidForm>, problems: RwSignal<Vec<Problem>>| {
        let on = Signal::derive(move || form.with(|form| Some(form.on)));
        let set = Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.on = day.unwrap_or(form.on)));
        let words = Text::within(form, |form: &SaidForm| form.words.clone(), |form, text| form.words = text);
        let error = problem_of(problems, "on");
        view! {
            <p class="error" hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
            <DayField id="on" legend=|| w::told_when() near=today_or_yesterday(None) day=on set=set />
            <TextArea
                id="words"
                label=w::told_what
                hint=w::told_hint
                text=words
                lines=4
                error=problem_of(problems, "words")
            />
        }
    };
    view! {
        <FormFrame
            title=w::note_told
            way_back=there
            opened=opened
            fields=said_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

/// It will not take place.
#[component]
pub fn CancelPage(id: SharedMeetingId) -> impl IntoView {
    let loaded = load_once(move || async move {
        read(id).await?;
        let form = SaidForm { on: browser::today(), words: String::new() };
        Ok::<_, Failure>(Opened::find(drafts::key("meeting_cancel", id), form, lay_said).await)
    });
    when_loaded(loaded, move |opened| view! { <Cancel id=id opened=opened.get_untracked() /> })
}

#[component]
fn Cancel(id: SharedMeetingId, opened: Opened<SaidForm>) -> impl IntoView {
    let there = Route::Meeting(MeetingRoute::One(id));
    let then = there.clone();
    let save = move |form: &SaidForm, draft: DraftKey| {
        let why = form.words.trim().to_owned();
        if why.is_empty() {
            return Err(vec![Problem { field: "words".into(), words: w::needs_why().into() }]);
        }
        let write = MeetingWrite::Cancel { id, why, draft: Some(draft) };
        Ok(Save { request: Request::WriteMeeting(Box::new(write)), then: then.clone() })
    };
    let draw = |form: RwSignal<SaidForm>, problems: RwSignal<Vec<Problem>>| {
        let words = Text::within(form, |form: &SaidForm| form.words.clone(), |form, text| form.words = text);
        view! { <TextArea id="words" label=w::cancel_why text=words lines=2 error=problem_of(problems, "words") /> }
    };
    view! {
        <FormFrame
            title=w::do_cancel
            way_back=there
            opened=opened
            fields=said_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> HoldForm {
        HoldForm {
            on: "2026-06-12".parse().expect("a date"),
            presence: String::new(),
            who: Who::default(),
            why: String::new(),
            came: vec![GuestCame { id: LineId([1; 16]), came: String::new(), by: String::new() }],
        }
    }

    #[test]
    fn drafts_find_what_was_said_of_everyone_again() {
        let mut form = opened();
        form.on = "2026-06-11".parse().expect("a date");
        form.presence = REPRESENTED.into();
        form.who = Who { chosen: "other".into(), entry: None, name: "Félix".into() };
        form.why = "à l’hôpital".into();
        form.came[0] = GuestCame { id: LineId([1; 16]), came: REPRESENTED.into(), by: "sa collègue".into() };
        let mut again = opened();
        lay(&mut again, &Fields::read(&fields_since(&opened(), &form).write()));
        assert_eq!(again, form);
        let before = SaidForm { on: "2026-06-12".parse().expect("a date"), words: String::new() };
        let said = SaidForm { on: "2026-06-11".parse().expect("a date"), words: "elle est d’accord".into() };
        let mut again = before.clone();
        lay_said(&mut again, &Fields::read(&said_since(&before, &said).write()));
        assert_eq!(again, said);
    }
}
