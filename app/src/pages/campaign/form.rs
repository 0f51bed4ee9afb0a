//! A campaign to begin, or to change.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::calls::NewCampaign;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::alert::Alert;
use maillon_shared::domain::campaign::{Caller, CallerField, Campaign, CampaignKind, CampaignSource};
use maillon_shared::domain::ids::{AlertId, CampaignId, LineId};
use maillon_shared::text::fold::fold;

use super::words::{kind_words, source_words};
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{CampaignRoute, Route};
use crate::session::session;
use crate::ui::{
    Chips, Choice, DayField, FormFrame, Lines, Opened, Problem, Save, Text, TextField, load_once, when_loaded,
};
use crate::words::{campaign as w, form as form_words, note};
use crate::{browser, when};

const FORM: &str = "campaign";
/// A heat wave lasts about so many days.
const USUAL_DAYS: u64 = 6;

/// A campaign to begin.
#[component]
pub fn NewCampaignPage(
    /// The alert that asks for it.
    #[prop(optional)]
    alert: Option<AlertId>,
) -> impl IntoView {
    let loaded = load_once(move || async move {
        let today = browser::today();
        let until = today.checked_add_days(Days::new(USUAL_DAYS)).unwrap_or(today);
        let mut first = Campaign::empty(CampaignId(browser::random_id()), CampaignKind::Heat, today, until);
        first.ladder = session().settings.with_untracked(|settings| settings.call_ladder());
        if let Some(alert) = alert {
            let alert = answer!(Request::Alert(alert), Alert(file) => file.alert)?;
            because_of(&mut first, &alert);
        }
        Ok(Opened::find(drafts::key(FORM, ""), first, lay).await)
    });
    when_loaded(loaded, |opened| {
        let opened: Opened<Campaign> = opened.get_untracked();
        let save = |form: &Campaign, draft: DraftKey| {
            checked(form)?;
            let then = Route::Campaign(CampaignRoute::Board(form.id));
            let new = NewCampaign { campaign: named(form), draft: Some(draft) };
            Ok(Save { request: Request::CreateCampaign(Box::new(new)), then })
        };
        view! {
            <FormFrame
                title=w::new
                way_back=Route::Campaign(CampaignRoute::List)
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=|form, problems| view! { <CampaignFields form=form problems=problems is_new=true /> }
            />
        }
    })
}

/// What an alert says of the campaign that it asks for: why everyone is called, what it is called, until when.
fn because_of(campaign: &mut Campaign, alert: &Alert) {
    let Some(population) = alert.population() else { return };
    let said = fold(&format!("{} {}", population.phenomenon, alert.words));
    let speaks_of =
        |roots: &[&str]| said.split_whitespace().any(|word| roots.iter().any(|root| word.starts_with(root)));
    campaign.kind = match () {
        () if speaks_of(&["canicul", "chaleur", "chaud", "heat"]) => CampaignKind::Heat,
        () if speaks_of(&["froid", "neige", "verglas", "gel", "cold", "snow"]) => CampaignKind::Cold,
        () if speaks_of(&["inond", "crue", "submersion", "flood"]) => CampaignKind::Flood,
        () => CampaignKind::Other,
    };
    campaign.title.clone_from(&population.phenomenon);
    campaign.until = population.until.max(campaign.from);
}

/// A campaign to change.
#[component]
pub fn EditCampaignPage(id: CampaignId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let campaign = answer!(Request::Campaign(id), Campaign(file) => file.campaign)?;
        Ok(Opened::find(drafts::key(FORM, id), campaign, lay).await)
    });
    when_loaded(loaded, move |opened| {
        let opened: Opened<Campaign> = opened.get_untracked();
        let before = opened.before.clone();
        let save = move |form: &Campaign, draft: DraftKey| {
            checked(form)?;
            let changes = before.changes_to(&named(form));
            let then = Route::Campaign(CampaignRoute::Board(id));
            Ok(Save { request: Request::EditCampaign { id, changes, draft: Some(draft) }, then })
        };
        view! {
            <FormFrame
                title=w::edit
                way_back=Route::Campaign(CampaignRoute::Board(id))
                opened=opened
                fields=fields_since
                forget=form_words::draft_forget
                save=save
                draw=|form, problems| view! { <CampaignFields form=form problems=problems is_new=false /> }
            />
        }
    })
}

fn checked(form: &Campaign) -> Result<(), Vec<Problem>> {
    match form.until < form.from {
        true => Err(vec![Problem { field: "until".into(), words: w::wrong_days().into() }]),
        false => Ok(()),
    }
}

/// Without the lines of callers that were left empty.
fn named(form: &Campaign) -> Campaign {
    let mut form = form.clone();
    form.callers.retain(|caller| !caller.name.trim().is_empty());
    form
}

#[component]
fn CampaignFields(form: RwSignal<Campaign>, problems: RwSignal<Vec<Problem>>, is_new: bool) -> impl IntoView {
    let kinds = Signal::derive(|| {
        CampaignKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind_words(kind))).collect::<Vec<_>>()
    });
    let kind = Signal::derive(move || form.with(|form| form.kind.code().to_owned()));
    let set_kind = Callback::new(move |code: String| form.update(|form| form.kind = CampaignKind::from_code(&code)));
    let sources = Signal::derive(|| {
        CampaignSource::ALL.iter().map(|one| Choice::new(one.code(), source_words(one))).collect::<Vec<_>>()
    });
    let source = Signal::derive(move || form.with(|form| form.source.code().to_owned()));
    let set_source =
        Callback::new(move |code: String| form.update(|form| form.source = CampaignSource::from_code(&code)));
    let every = Signal::derive(move || form.with(|form| form.every_days.to_string()));
    let set_every = Callback::new(move |code: String| {
        form.update(|form| form.every_days = code.parse().unwrap_or(form.every_days));
    });
    let rhythms = Signal::derive(|| {
        vec![
            Choice::new("1", w::every_day()),
            Choice::new("2", w::every_other_day()),
            Choice::new("7", w::every_week()),
        ]
    });
    let from = Signal::derive(move || form.with(|form| Some(form.from)));
    let set_from =
        Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.from = day.unwrap_or(form.from)));
    let until = Signal::derive(move || form.with(|form| Some(form.until)));
    let set_until =
        Callback::new(move |day: Option<NaiveDate>| form.update(|form| form.until = day.unwrap_or(form.until)));
    let title = Text::within(form, |form: &Campaign| form.title.clone(), |form, text| form.title = text);
    let wrong = Signal::derive(move || problems.with(|found| found.first().map(|problem| problem.words.clone())));
    view! {
        <Chips name="kind" legend=|| w::kind() choices=kinds chosen=kind choose=set_kind />
        // A copy of the register calls those who are in it, and nobody else.
        <Show when=move || is_new && session().is_own()>
            <Chips name="source" legend=|| w::source() choices=sources chosen=source choose=set_source />
        </Show>
        <DayField id="from" legend=|| w::from() near=near(&[0, 1]) day=from set=set_from />
        <div>
            <p class="error" id="until-error" hidden=move || wrong.with(Option::is_none)>{move || wrong.get()}</p>
            <DayField id="until" legend=|| w::until() near=near(&[3, 6, 9]) day=until set=set_until />
        </div>
        <Chips name="every" legend=|| w::every() choices=rhythms chosen=every choose=set_every />
        <TextField id="title" label=w::name hint=w::name_hint optional=true text=title />
        <section aria-labelledby="callers">
            <h2 id="callers">{w::callers}</h2>
            <p class="hint">{w::callers_hint}</p>
            <Callers form=form />
        </section>
    }
}

/// The days so far from today, as buttons.
fn near(after: &'static [u64]) -> Signal<Vec<(NaiveDate, String)>> {
    let today = browser::today();
    Signal::derive(move || {
        let days = after.iter().filter_map(|days| Some((*days, today.checked_add_days(Days::new(*days))?)));
        days.map(|(days, day)| match days {
            0 | 1 => (day, when::capital(when::day(day, today))),
            _ => (day, when::capital(w::in_days(days as u32))),
        })
        .collect()
    })
}

#[component]
fn Callers(form: RwSignal<Campaign>) -> impl IntoView {
    let ids = Memo::new(move |_| form.with(|form| form.callers.iter().map(|caller| caller.id).collect::<Vec<_>>()));
    let text = move |id: LineId, field: CallerField| {
        Text::within(
            form,
            move |form: &Campaign| {
                let caller = form.callers.iter().find(|caller| caller.id == id);
                caller.map(|caller| caller.text(field).to_owned()).unwrap_or_default()
            },
            move |form: &mut Campaign, text| {
                if let Some(caller) = form.callers.iter_mut().find(|caller| caller.id == id) {
                    *caller.text_mut(field) = text;
                }
            },
        )
    };
    let make = Callback::new(move |()| {
        let id = LineId(browser::random_id());
        form.update(|form| form.callers.push(Caller::empty(id)));
        format!("caller-{id}")
    });
    let drop_line = Callback::new(move |id| form.update(|form| form.callers.retain(|caller| caller.id != id)));
    let draw = move |id: LineId| {
        view! {
            <TextField id=format!("caller-{id}") label=w::caller_name text=text(id, CallerField::Name) />
            <TextField
                id=format!("caller-{id}-slots")
                label=w::caller_slots
                hint=w::caller_slots_hint
                optional=true
                text=text(id, CallerField::Slots)
            />
        }
    };
    view! {
        <Lines
            ids=ids
            legend=w::caller
            remove=w::caller_remove
            add=w::caller_add
            add_other=w::caller_add
            make=make
            drop_line=drop_line
            draw=draw
        />
    }
}

/// How the fields of a caller begin in a draft.
const CALLER: &str = "caller-";

/// What differs from the form as it was opened, by name.
fn fields_since(opened: &Campaign, form: &Campaign) -> Fields {
    let of = |form: &Campaign| {
        [
            ("kind", form.kind.code().to_owned()),
            ("source", form.source.code().to_owned()),
            ("from", form.from.to_string()),
            ("until", form.until.to_string()),
            ("every", form.every_days.to_string()),
            ("title", form.title.clone()),
        ]
    };
    let mut fields = Fields::that_differ(of(opened), of(form));
    if form.callers != opened.callers {
        for caller in &form.callers {
            for field in CallerField::ALL {
                fields.put(format!("{CALLER}{}-{}", caller.id, field.code()), caller.text(*field));
            }
        }
        for gone in opened.callers.iter().filter(|before| form.callers.iter().all(|after| after.id != before.id)) {
            fields.put(format!("{CALLER}{}", gone.id), "");
        }
    }
    fields
}

/// Lays a draft over the form.
fn lay(form: &mut Campaign, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "kind" => form.kind = CampaignKind::from_code(value),
            "source" => form.source = CampaignSource::from_code(value),
            "from" => form.from = value.parse().unwrap_or(form.from),
            "until" => form.until = value.parse().unwrap_or(form.until),
            "every" => form.every_days = value.parse().unwrap_or(form.every_days),
            "title" => form.title = value.to_owned(),
            other => lay_caller(form, other, value),
        }
    }
}

fn lay_caller(form: &mut Campaign, name: &str, value: &str) {
    let Some(rest) = name.strip_prefix(CALLER) else { return };
    let (id, field) = rest.split_once('-').map_or((rest, None), |(id, field)| (id, CallerField::from_code(field)));
    let Some(id) = LineId::parse(id) else { return };
    let Some(field) = field else {
        form.callers.retain(|caller| caller.id != id);
        return;
    };
    if form.callers.iter().all(|caller| caller.id != id) {
        form.callers.push(Caller::empty(id));
    }
    if let Some(caller) = form.callers.iter_mut().find(|caller| caller.id == id) {
        *caller.text_mut(field) = value.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::alert::{AlertSubject, Moment, Owner, Population, Severity};
    use maillon_shared::domain::time::Hour;

    use super::*;

    #[test]
    fn an_alert_says_what_its_campaign_is_for() {
        let day = |text: &str| text.parse().expect("a date");
        let at = Moment { day: day("2026-07-20"), hour: Hour::new(9, 0).expect("an hour") };
        for (phenomenon, kind) in [
            ("Canicule", CampaignKind::Heat),
            ("Grand froid", CampaignKind::Cold),
            ("Risque d’inondation", CampaignKind::Flood),
            ("Coupure d’électricité", CampaignKind::Other),
        ] {
            let mut population = Population::until(day("2026-07-23"));
            population.phenomenon = phenomenon.into();
            let (subject, lines) = (AlertSubject::Population(population), [LineId([1; 16]), LineId([2; 16])]);
            let alert = Alert::raised(AlertId([3; 16]), subject, at, Severity::Information, Owner::Coordinator, lines);
            let mut campaign =
                Campaign::empty(CampaignId([1; 16]), CampaignKind::Heat, day("2026-07-20"), day("2026-07-26"));
            because_of(&mut campaign, &alert);
            assert_eq!((campaign.kind, campaign.title.as_str()), (kind, phenomenon));
            assert_eq!(campaign.until, day("2026-07-23"));
        }
    }

    #[test]
    fn a_draft_finds_the_whole_campaign_again() {
        let day = |text: &str| text.parse().expect("a date");
        let mut opened = Campaign::empty(CampaignId([1; 16]), CampaignKind::Heat, day("2026-07-20"), day("2026-07-26"));
        opened.callers.push(Caller { name: "Basile".into(), ..Caller::empty(LineId([2; 16])) });
        assert_eq!(fields_since(&opened, &opened), Fields::default());
        let mut form = opened.clone();
        form.kind = CampaignKind::Cold;
        form.source = CampaignSource::People;
        form.from = day("2026-07-21");
        form.until = day("2026-07-30");
        form.every_days = 2;
        form.title = "Grand froid".into();
        form.callers = vec![Caller { name: "Nadine".into(), slots: "lundi".into(), id: LineId([3; 16]) }];
        let mut reopened = opened.clone();
        lay(&mut reopened, &Fields::read(&fields_since(&opened, &form).write()));
        assert_eq!(reopened, form);
    }
}
