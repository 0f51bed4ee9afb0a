//! Extracts of the register: who asked, on what ground, to whom it was given. Written down first, made afterwards.

use leptos::prelude::*;
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::ExtractId;
use maillon_shared::domain::register_log::{ExtractGround, RegisterExtract};

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{RegisterRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Back, Chips, Choice, FormFrame, Icon, Opened, Problem, Save, Shape, Text, TextField, Title, load, load_once,
    when_loaded,
};
use crate::words::{in_a_row, note, register as w};
use crate::{browser, when};

/// The ground of an extract.
pub fn extract_ground(ground: &ExtractGround) -> String {
    match ground {
        ExtractGround::AlertPlan => w::ground_alert_plan().into(),
        ExtractGround::Other => w::ground_other().into(),
        ExtractGround::Unknown(code) => code.clone(),
    }
}

/// What was given of the register.
#[component]
pub fn ExtractsPage() -> impl IntoView {
    let loaded = load(|| async { answer!(Request::RegisterLog, RegisterLog(log) => log.extracts) });
    view! {
        <Back to=Route::Register(RegisterRoute::List) label=w::title />
        <div class="heading">
            <Title>{w::extracts}</Title>
            <a class="button" href=Route::Register(RegisterRoute::NewExtract).href()>
                <Icon shape=Shape::Plus />
                <span>{w::extract_new}</span>
            </a>
        </div>
        <p class="detail">{w::extracts_lead}</p>
        {when_loaded(
            loaded,
            |extracts| {
                view! {
                    <Show
                        when=move || !extracts.with(Vec::is_empty)
                        fallback=|| view! { <p class="empty">{w::no_extract}</p> }
                    >
                        <ul class="rows">
                            <For each=move || extracts.get() key=|extract| extract.id let:extract>
                                <Line extract=extract />
                            </For>
                        </ul>
                    </Show>
                }
            },
        )}
    }
}

#[component]
fn Line(extract: RegisterExtract) -> impl IntoView {
    let today = browser::today();
    let reference = extract.reference();
    let is_of_today = extract.day == today;
    let RegisterExtract { id, asked_by, ground, detail, given_to, day, entries } = extract;
    let about = move || {
        let ground = extract_ground(&ground);
        in_a_row([w::count(entries), ground, detail.clone(), w::given_to(&given_to), w::reference(&reference)])
    };
    view! {
        <li>
            <Icon shape=Shape::Letter />
            <span class="row-head">
                <span class="who">{asked_by}</span>
                <span class="when">{when::date(day, today)}</span>
            </span>
            <span class="why">{about}</span>
            <span class="acts" hidden=!is_of_today>
                <a class="button" href=Route::Register(RegisterRoute::Extract(id)).href()>{w::extract_open}</a>
            </span>
        </li>
    }
}

/// What is asked before an extract is made.
#[derive(Clone, PartialEq)]
struct Asked {
    id: ExtractId,
    asked_by: String,
    /// The ground's code.
    ground: String,
    detail: String,
    given_to: String,
}

/// An extract to record, then to make.
#[component]
pub fn NewExtractPage() -> impl IntoView {
    let loaded = load_once(|| async {
        let blank = Asked {
            id: ExtractId(browser::random_id()),
            asked_by: String::new(),
            ground: ExtractGround::AlertPlan.code().to_owned(),
            detail: String::new(),
            given_to: String::new(),
        };
        Ok::<_, Failure>(Opened::find(drafts::key("register_extract", ""), blank, lay).await)
    });
    when_loaded(loaded, |opened| view! { <NewExtract opened=opened.get_untracked() /> })
}

#[component]
fn NewExtract(opened: Opened<Asked>) -> impl IntoView {
    let draw = |form: RwSignal<Asked>, problems: RwSignal<Vec<Problem>>| {
        let text = |read: fn(&Asked) -> &String, write: fn(&mut Asked) -> &mut String| {
            Text::within(form, move |form: &Asked| read(form).clone(), move |form, text| *write(form) = text)
        };
        let asked_by = text(|form| &form.asked_by, |form| &mut form.asked_by);
        let detail = text(|form| &form.detail, |form| &mut form.detail);
        let given_to = text(|form| &form.given_to, |form| &mut form.given_to);
        let ground = Signal::derive(move || form.with(|form| form.ground.clone()));
        let choose = Callback::new(move |code| form.update(|form| form.ground = code));
        let choices = Signal::derive(|| {
            ExtractGround::ALL
                .iter()
                .map(|ground| Choice::new(ground.code(), extract_ground(ground)))
                .collect::<Vec<_>>()
        });
        view! {
            <p class="state-note">{w::only_the_mayor}</p>
            <TextField
                id="asked-by"
                label=w::asked_by
                hint=w::asked_by_hint
                text=asked_by
                error=problem_of(problems, "asked-by")
            />
            <Chips name="ground" legend=|| w::on_what_ground() choices=choices chosen=ground choose=choose />
            <TextField
                id="detail"
                label=w::ground_detail
                hint=w::ground_detail_hint
                optional=true
                text=detail
                error=problem_of(problems, "detail")
            />
            <TextField id="given-to" label=w::to_whom text=given_to error=problem_of(problems, "given-to") />
            <p class="detail">{w::recorded_first}</p>
        }
    };
    view! {
        <FormFrame
            title=w::extract_new
            way_back=Route::Register(RegisterRoute::Extracts)
            opened=opened
            fields=fields_since
            forget=note::start_again
            save=save
            draw=draw
        />
    }
}

/// What lacks before anything is made: nothing goes to nobody, or for no reason.
fn lacking(form: &Asked) -> Vec<&'static str> {
    let needs_detail = ExtractGround::from_code(&form.ground) == ExtractGround::Other;
    let needed = [
        ("asked-by", &form.asked_by, true),
        ("detail", &form.detail, needs_detail),
        ("given-to", &form.given_to, true),
    ];
    needed
        .into_iter()
        .filter(|(_, text, is_needed)| *is_needed && text.trim().is_empty())
        .map(|(field, ..)| field)
        .collect()
}

fn save(form: &Asked, draft: DraftKey) -> Result<Save, Vec<Problem>> {
    let words = |field: &str| match field {
        "asked-by" => w::needs_asked_by(),
        "detail" => w::needs_detail(),
        _ => w::needs_given_to(),
    };
    let found: Vec<_> =
        lacking(form).into_iter().map(|field| Problem { field: field.into(), words: words(field).into() }).collect();
    if !found.is_empty() {
        return Err(found);
    }
    let trimmed = |text: &str| text.trim().to_owned();
    let write = RegisterWrite::RecordExtract {
        id: form.id,
        asked_by: trimmed(&form.asked_by),
        ground: ExtractGround::from_code(&form.ground),
        detail: trimmed(&form.detail),
        given_to: trimmed(&form.given_to),
        draft: Some(draft),
    };
    let then = Route::Register(RegisterRoute::Extract(form.id));
    Ok(Save { request: Request::WriteRegister(Box::new(write)), then })
}

fn fields_since(opened: &Asked, form: &Asked) -> Fields {
    let of = |form: &Asked| {
        [
            ("asked_by", form.asked_by.clone()),
            ("ground", form.ground.clone()),
            ("detail", form.detail.clone()),
            ("given_to", form.given_to.clone()),
        ]
    };
    Fields::that_differ(of(opened), of(form))
}

fn lay(form: &mut Asked, fields: &Fields) {
    for (name, value) in fields.iter() {
        let value = value.to_owned();
        match name {
            "asked_by" => form.asked_by = value,
            "ground" => form.ground = value,
            "detail" => form.detail = value,
            "given_to" => form.given_to = value,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank() -> Asked {
        let (asked_by, detail, given_to) = (String::new(), String::new(), String::new());
        Asked { id: ExtractId([1; 16]), asked_by, ground: "alert_plan".into(), detail, given_to }
    }

    #[test]
    fn a_draft_finds_the_whole_form_again() {
        let form =
            Asked { asked_by: "Préfecture".into(), detail: "canicule".into(), ground: "other".into(), ..blank() };
        let mut reopened = blank();
        lay(&mut reopened, &Fields::read(&fields_since(&blank(), &form).write()));
        assert!(reopened == form);
        assert!(fields_since(&blank(), &blank()).is_empty());
    }

    #[test]
    fn nothing_is_made_for_nobody_or_for_no_reason() {
        assert_eq!(lacking(&blank()), ["asked-by", "given-to"]);
        let asked = Asked { asked_by: "Préfecture".into(), given_to: "Le préfet".into(), ..blank() };
        assert!(lacking(&asked).is_empty());
        assert_eq!(lacking(&Asked { ground: "other".into(), ..asked }), ["detail"]);
    }
}
